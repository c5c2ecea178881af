package io.laneway.kafka.consume.side;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits that the hand-over makes by itself. One that fails is tried again at the next step, if it still matters. */
public final class Offsets {

    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Offsets.class);

    private Offsets() {}

    /** Where reading continues, beyond control records too; 0 while that is not known. */
    public static long position(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition, PATIENCE);
        } catch (TimeoutException e) {
            LOG.atDebug().addKeyValue("problem", e.toString()).log("no position yet");
            return 0;
        }
    }

    /** Commits and waits; says whether that succeeded. */
    public static boolean commit(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        return commit(consumer, offsets, PATIENCE);
    }

    /** Commits and waits for so long; says whether that succeeded. */
    public static boolean commit(
            Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets, Duration patience) {
        try {
            consumer.commitSync(offsets, patience);
            return true;
        } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
            LOG.atDebug().addKeyValue("problem", e.toString()).log("marks were not committed");
            return false;
        }
    }
}
