package io.laneway.kafka.consume.side;

import java.util.Collection;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the application is on its partitions, and where it goes, as far as it sees them. Confined to the consumer's
 * thread.
 */
public interface Positions {

    /** The application continues at an offset. */
    void seek(TopicPartition partition, OffsetAndMetadata offset);

    /** It goes back to the first record. */
    void seekToBeginning(Collection<TopicPartition> partitions);

    /** It continues behind the last record. */
    void seekToEnd(Collection<TopicPartition> partitions);

    /** Its position, where the client behind it is at an offset. */
    long position(TopicPartition partition, long own);

    /** What is committed for it, where its group has committed an offset. */
    long committed(TopicPartition partition, long own);
}
