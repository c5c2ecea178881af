package io.laneway.kafka.consume.lane;

import io.laneway.kafka.consume.side.Positions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The positions of a lane's member: its records begin where the base yielded. A partition that waits for that keeps
 * where the application wants to go. Confined to the consumer's thread.
 */
final class LanePositions implements Positions {

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, LaneHold> holds;
    private final Map<TopicPartition, Long> wishes = new HashMap<>();

    /** The holds change with the assignment. */
    LanePositions(Consumer<?, ?> consumer, Map<TopicPartition, LaneHold> holds) {
        this.consumer = consumer;
        this.holds = holds;
    }

    /** Where to begin: where the application wants, but not before the lane's first offset. */
    long wished(TopicPartition partition, long start, long otherwise) {
        Long wish = wishes.remove(partition);
        return wish == null ? otherwise : Math.max(wish, start);
    }

    void forget(Collection<TopicPartition> partitions) {
        wishes.keySet().removeAll(partitions);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        LaneHold hold = holds.get(partition);
        if (hold != null && offset.offset() < hold.start()) {
            consumer.seek(partition, hold.start());
        } else {
            consumer.seek(partition, offset);
        }
        moved(partition);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        consumer.seekToBeginning(partitions);
        partitions.forEach(partition -> {
            LaneHold hold = holds.get(partition);
            if (hold != null && consumer.position(partition) < hold.start()) {
                consumer.seek(partition, hold.start());
            }
            moved(partition);
        });
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        consumer.seekToEnd(partitions);
        partitions.forEach(this::moved);
    }

    private void moved(TopicPartition partition) {
        LaneHold hold = holds.get(partition);
        long position = consumer.position(partition);
        if (hold == null) {
            wishes.put(partition, position);
        } else {
            hold.deliveries.seek(position);
        }
    }

    @Override
    public long position(TopicPartition partition, long own) {
        return own;
    }

    @Override
    public long committed(TopicPartition partition, long own) {
        return own;
    }
}
