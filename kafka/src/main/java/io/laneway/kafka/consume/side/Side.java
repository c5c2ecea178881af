package io.laneway.kafka.consume.side;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records a consumer hands out and what it commits: that of the base, or that of a lane. Confined to the
 * consumer's thread.
 */
public interface Side<K, V> extends AutoCloseable {

    /** Partitions were given to this consumer. */
    void assigned(Collection<TopicPartition> partitions);

    /** Partitions were taken from it. */
    void removed(Collection<TopicPartition> partitions);

    /** Does what the hand-over needs now; may commit. Called before each poll. */
    void step();

    /** Whether {@link #step} should be called again soon. */
    boolean busy();

    /** How many partitions hand out nothing yet. */
    int waiting();

    /** How many ranges are still to be read again, by lane. */
    Map<String, Integer> owed();

    /** Takes note of records that were read and leaves those of this side. */
    ConsumerRecords<K, V> filter(ConsumerRecords<K, V> records);

    /** Whether records are to be read again. */
    boolean rereading();

    /** Records that are read again. */
    ConsumerRecords<K, V> reread(Duration timeout);

    /** What to commit when the application says that these are done. */
    Commit acknowledge(Map<TopicPartition, OffsetAndMetadata> offsets);

    /** What to commit when the application says that all it was given is done. */
    Commit acknowledgeAll();

    /** What to commit for records that the application never saw; empty if nothing. */
    Commit skipped();

    /** Where the application is, and where it goes. */
    Positions positions();

    @Override
    void close();

    /**
     * Offsets to commit, and what to do when that is done.
     *
     * @param offsets with their metadata
     * @param done    called on the consumer's thread when the commit succeeded
     */
    record Commit(Map<TopicPartition, OffsetAndMetadata> offsets, Runnable done) {
        public static final Commit NOTHING = new Commit(Map.of(), () -> {});

        public Commit {
            offsets = Map.copyOf(offsets);
        }
    }
}
