package io.laneway.kafka.consume.lane;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.consume.side.RecordFilter;
import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.Deliveries;
import io.laneway.kafka.handover.LaneMark;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A partition that a lane's member has begun to read. Confined to the consumer's thread. */
final class LaneHold implements RecordFilter.Rule {

    final TopicPartition partition;
    final Deliveries deliveries;
    private final String slug;
    private final long start;
    private final int partitions;
    private final LaneSlugs slugs;
    private String user = "";

    /**
     * Begins.
     *
     * @param offset    that the lane's group has committed
     * @param position  where it reads from
     * @param start     the W since which the lane has its records
     */
    LaneHold(
            TopicPartition partition,
            String slug,
            long offset,
            long position,
            long start,
            int partitions,
            LaneSlugs slugs) {
        this.partition = partition;
        this.slug = slug;
        this.start = start;
        this.partitions = partitions;
        this.slugs = slugs;
        deliveries = new Deliveries(position, offset);
    }

    @Override
    public boolean keeps(ConsumerRecord<?, ?> record) {
        if (slug.equals(slugs.slug(record.headers()))) {
            deliveries.delivered(record.offset());
            return true;
        }
        deliveries.skipped(record.offset());
        return false;
    }

    /** The first offset that may be the lane's. */
    long start() {
        return start;
    }

    OffsetAndMetadata acknowledge(OffsetAndMetadata offset) {
        user = BaseMark.userPart(offset.metadata());
        return commit(deliveries.commitFor(offset.offset()), offset.leaderEpoch());
    }

    /** Whether nothing but what the application never saw lies between the last commit and a position. */
    boolean skippedUpTo(long position) {
        deliveries.reached(position);
        return deliveries.skippedBeyondCommit();
    }

    /** What to commit for everything handed out or skipped. */
    OffsetAndMetadata advance() {
        return commit(deliveries.position(), Optional.empty());
    }

    private OffsetAndMetadata commit(long offset, Optional<Integer> epoch) {
        deliveries.committing(offset);
        return new OffsetAndMetadata(
                offset, epoch, LaneMark.begun(start, partitions, user).encode());
    }
}
