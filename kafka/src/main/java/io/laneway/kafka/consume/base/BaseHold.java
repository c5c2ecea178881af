package io.laneway.kafka.consume.base;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.consume.side.RecordFilter;
import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.BasePartition;
import io.laneway.kafka.handover.Deliveries;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A partition that a member of the base group owns. Confined to the consumer's thread. */
final class BaseHold implements RecordFilter.Rule {

    final TopicPartition partition;
    final BasePartition protocol;
    final Deliveries deliveries;
    final long sinceNanos;

    /** When each lane's second look was asked for. */
    final Map<String, Long> asked = new HashMap<>();

    private final LaneSlugs slugs;
    private String user;
    private long lookSequence;
    private boolean waiting = true;

    BaseHold(
            TopicPartition partition,
            BasePartition protocol,
            Deliveries deliveries,
            long sinceNanos,
            String user,
            LaneSlugs slugs) {
        this.partition = partition;
        this.protocol = protocol;
        this.deliveries = deliveries;
        this.sinceNanos = sinceNanos;
        this.user = user;
        this.slugs = slugs;
    }

    /** Whether a look is newer than the ones taken note of, and was begun after the partition came. */
    boolean news(long sequence, long startedNanos) {
        if (sequence <= lookSequence || startedNanos - sinceNanos <= 0) {
            return false;
        }
        lookSequence = sequence;
        waiting = false;
        return true;
    }

    /** Whether it still waits for its first look. */
    boolean waiting() {
        return waiting;
    }

    void waitNoMore() {
        waiting = false;
    }

    RecordFilter.Rule rule(long end, long next) {
        if (protocol.filters()) {
            protocol.rereads().ownHandedOut();
            return this;
        }
        // Control records behind the last one are no records that the application could acknowledge.
        deliveries.deliveredUpTo(end);
        deliveries.reached(next);
        return RecordFilter.ALL;
    }

    @Override
    public boolean keeps(ConsumerRecord<?, ?> record) {
        String slug = slugs.slug(record.headers());
        if (slug == null || protocol.handles(slug, record.offset())) {
            deliveries.delivered(record.offset());
            return true;
        }
        deliveries.skipped(record.offset());
        return false;
    }

    /** The application says that everything below is done; whether that is about the own stream. */
    boolean acknowledges(long below) {
        return protocol.rereads().acknowledge(below, deliveries.committed());
    }

    /** What to commit for an offset that the application acknowledged in the own stream. */
    OffsetAndMetadata marked(OffsetAndMetadata offset) {
        user = BaseMark.userPart(offset.metadata());
        return commit(deliveries.commitFor(offset.offset()), offset.leaderEpoch());
    }

    /** What to commit for everything handed out or skipped so far. */
    OffsetAndMetadata markedAll() {
        return commit(deliveries.position(), Optional.empty());
    }

    /** Whether nothing but what the application never saw lies between the last commit and a position. */
    boolean skippedUpTo(long position) {
        deliveries.reached(position);
        return deliveries.skippedBeyondCommit();
    }

    /** The mark with the offset as it was last committed. */
    OffsetAndMetadata unmoved() {
        return commit(deliveries.committed(), Optional.empty());
    }

    private OffsetAndMetadata commit(long offset, Optional<Integer> epoch) {
        return new OffsetAndMetadata(offset, epoch, protocol.mark(user).encode());
    }
}
