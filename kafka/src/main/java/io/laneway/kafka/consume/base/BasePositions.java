package io.laneway.kafka.consume.base;

import io.laneway.kafka.consume.side.Positions;
import io.laneway.kafka.handover.Deliveries;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The positions of a member of the base: what it reads again of a partition comes before its own stream. Confined to
 * the consumer's thread.
 */
final class BasePositions implements Positions {

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, BaseHold> holds;

    /** The holds change with the assignment. */
    BasePositions(Consumer<?, ?> consumer, Map<TopicPartition, BaseHold> holds) {
        this.consumer = consumer;
        this.holds = holds;
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        BaseHold hold = holds.get(partition);
        if (hold == null) {
            consumer.seek(partition, offset);
            return;
        }
        Deliveries deliveries = hold.deliveries;
        long target = offset.offset();
        long own = hold.protocol
                .rereads()
                .seek(target, deliveries.committed(), deliveries.position(), deliveries.handedOut(target));
        if (own == target) {
            consumer.seek(partition, offset);
            moved(hold, own);
        } else if (own != deliveries.position()) {
            consumer.seek(partition, own);
            moved(hold, own);
        }
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        consumer.seekToBeginning(partitions);
        partitions.forEach(partition -> {
            BaseHold hold = holds.get(partition);
            if (hold != null) {
                hold.protocol.rereads().seekToBeginning();
                moved(hold, consumer.position(partition));
            }
        });
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        consumer.seekToEnd(partitions);
        partitions.forEach(partition -> {
            BaseHold hold = holds.get(partition);
            if (hold != null) {
                hold.protocol.rereads().seekToEnd();
                moved(hold, consumer.position(partition));
            }
        });
    }

    private static void moved(BaseHold hold, long position) {
        hold.protocol.came(hold.deliveries.position());
        hold.deliveries.seek(position);
    }

    @Override
    public long position(TopicPartition partition, long own) {
        BaseHold hold = holds.get(partition);
        return hold == null ? own : hold.protocol.rereads().position(own);
    }

    @Override
    public long committed(TopicPartition partition, long own) {
        BaseHold hold = holds.get(partition);
        return hold == null ? own : hold.protocol.rereads().committed(own);
    }
}
