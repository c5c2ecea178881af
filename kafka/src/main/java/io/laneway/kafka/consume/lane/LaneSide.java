package io.laneway.kafka.consume.lane;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.consume.side.Offsets;
import io.laneway.kafka.consume.side.Pauses;
import io.laneway.kafka.consume.side.Positions;
import io.laneway.kafka.consume.side.RecordFilter;
import io.laneway.kafka.consume.side.Side;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.kafka.handover.LaneStart;
import io.laneway.kafka.handover.LaneStart.Sight;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.lane.Mode;
import io.laneway.kafka.watch.LaneSights;
import io.laneway.kafka.watch.Watch;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a lane's group: it hands out only the lane's records, from where the base yielded. A partition waits
 * until that is known. On topics of mode {@code BASE} it reads nothing. Confined to the consumer's thread.
 */
public final class LaneSide<K, V> implements Side<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(LaneSide.class);

    private final Consumer<K, V> consumer;
    private final LaneSettings settings;
    private final String slug;
    private final Pauses pauses;
    private final Watch<Map<TopicPartition, Sight>> watch;
    private final LaneSights sights;
    private final BaseWriter base;
    private final LaneSlugs slugs;
    private final Map<TopicPartition, LaneHold> holds = new HashMap<>();

    private final LanePositions positions;
    private final PendingPartitions waiting = new PendingPartitions();

    public LaneSide(
            Consumer<K, V> consumer,
            LaneSettings settings,
            String slug,
            Pauses pauses,
            Watch<Map<TopicPartition, Sight>> watch,
            LaneSights sights,
            BaseWriter base) {
        this.consumer = consumer;
        this.settings = settings;
        this.slug = slug;
        this.pauses = pauses;
        this.watch = watch;
        this.sights = sights;
        this.base = base;
        this.slugs = new LaneSlugs(settings.header());
        this.positions = new LanePositions(consumer, holds);
    }

    /** Writes where lanes begin into the base's group, which must be empty. */
    public interface BaseWriter {

        /** Says whether the group took it. */
        boolean write(Map<TopicPartition, OffsetAndMetadata> offsets);
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            pauses.hold(partition, true);
            if (settings.mode(partition.topic()) == Mode.AUTO) {
                waiting.enter(partition, System.nanoTime());
            }
        }
        lookAgain();
    }

    @Override
    public void removed(Collection<TopicPartition> partitions) {
        partitions.forEach(holds::remove);
        waiting.leave(partitions);
        positions.forget(partitions);
        pauses.forget(partitions);
        sights.waitFor(this, waiting.partitions());
    }

    private void lookAgain() {
        sights.waitFor(this, waiting.partitions());
        watch.start();
        watch.hurry();
    }

    @Override
    public void step() {
        if (waiting.isEmpty()) {
            return;
        }
        Watch.Seen<Map<TopicPartition, Sight>> seen = watch.latest();
        if (seen != null) {
            Starts starts = new Starts();
            waiting.partitions().forEach(partition -> decide(partition, seen, starts));
            carryOut(starts);
        }
        sayWaiting();
    }

    /** What was decided in one step. */
    private static final class Starts {
        final Map<TopicPartition, LaneStart.At> begin = new HashMap<>();
        final Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        final Map<TopicPartition, OffsetAndMetadata> base = new HashMap<>();
        final Map<TopicPartition, Integer> partitions = new HashMap<>();
    }

    private void decide(TopicPartition partition, Watch.Seen<Map<TopicPartition, Sight>> seen, Starts starts) {
        Sight sight = seen.value().get(partition);
        if (sight == null || !waiting.takes(partition, seen.startedNanos())) {
            return;
        }
        LaneStart start = LaneStart.decide(slug, sight);
        if (start instanceof LaneStart.At at) {
            starts.begin.put(partition, at);
            starts.own.put(partition, mark(partition, at.offset(), at.start(), starts));
        } else if (start instanceof LaneStart.Propose propose) {
            starts.own.put(partition, mark(partition, propose.start(), propose.start(), starts));
        } else if (start instanceof LaneStart.MarkBase marked) {
            starts.base.put(
                    partition,
                    new OffsetAndMetadata(marked.offset(), marked.mark().encode()));
        }
    }

    private OffsetAndMetadata mark(TopicPartition partition, long offset, long start, Starts starts) {
        int count = consumer.partitionsFor(partition.topic()).size();
        starts.partitions.put(partition, count);
        return new OffsetAndMetadata(offset, LaneMark.begun(start, count, "").encode());
    }

    private void carryOut(Starts starts) {
        boolean again = false;
        if (!starts.base.isEmpty()) {
            base.write(starts.base);
            waiting.lookAfter(starts.base.keySet(), System.nanoTime());
            again = true;
        }
        if (!starts.own.isEmpty() && Offsets.commit(consumer, starts.own)) {
            waiting.lookAfter(starts.own.keySet(), System.nanoTime());
            starts.begin.forEach((partition, at) -> begin(partition, at, starts.partitions.getOrDefault(partition, 0)));
            again = true;
        }
        if (again) {
            lookAgain();
        }
    }

    private void begin(TopicPartition partition, LaneStart.At at, int partitions) {
        long offset = Math.max(at.offset(), first(partition, at.offset()));
        long position = positions.wished(partition, at.start(), offset);
        consumer.seek(partition, position);
        holds.put(partition, new LaneHold(partition, slug, offset, position, at.start(), partitions, slugs));
        waiting.leave(Set.of(partition));
        sights.waitFor(this, waiting.partitions());
        pauses.hold(partition, false);
        LOG.atDebug()
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .addKeyValue("watermark", at.start())
                .log("lane begins");
    }

    /**
     * Where the partition begins: what retention removed is gone, but by {@code auto.offset.reset} the client might skip
     * all the rest too, which no other reads.
     */
    private long first(TopicPartition partition, long from) {
        try {
            Long first = consumer.beginningOffsets(Set.of(partition), Offsets.PATIENCE)
                    .get(partition);
            if (first == null || first <= from) {
                return from;
            }
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .addKeyValue("from", from)
                    .addKeyValue("first", first)
                    .log("records of the lane are gone: retention removed them before they were read");
            return first;
        } catch (TimeoutException e) {
            LOG.atDebug().addKeyValue("problem", e.toString()).log("no beginning yet");
            return from;
        }
    }

    private void sayWaiting() {
        Set<String> overdue = waiting.overdue(System.nanoTime());
        if (!overdue.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("lane", slug)
                    .addKeyValue("partitions", overdue)
                    .log("the base has not yielded these partitions yet; do all its members know lanes (mode AUTO)?");
        }
    }

    @Override
    public boolean busy() {
        return !waiting.isEmpty();
    }

    @Override
    public ConsumerRecords<K, V> filter(ConsumerRecords<K, V> records) {
        return records.isEmpty()
                ? records
                : RecordFilter.filter(records, (partition, end, next) -> {
                    LaneHold hold = holds.get(partition);
                    return hold == null ? record -> false : hold;
                });
    }

    @Override
    public boolean rereading() {
        return false;
    }

    @Override
    public ConsumerRecords<K, V> reread(Duration timeout) {
        return ConsumerRecords.empty();
    }

    @Override
    public Commit acknowledge(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            LaneHold hold = holds.get(partition);
            if (hold != null) {
                own.put(partition, hold.acknowledge(offset));
            }
        });
        return new Commit(own, () -> {});
    }

    @Override
    public Commit acknowledgeAll() {
        return advance(false);
    }

    @Override
    public Commit skipped() {
        return advance(true);
    }

    private Commit advance(boolean skippedOnly) {
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        holds.forEach((partition, hold) -> {
            if (hold.skippedUpTo(Offsets.position(consumer, partition)) || !skippedOnly) {
                own.put(partition, hold.advance());
            }
        });
        return own.isEmpty() ? Commit.NOTHING : new Commit(own, () -> {});
    }

    @Override
    public Positions positions() {
        return positions;
    }

    @Override
    public void close() {
        sights.waitFor(this, Set.of());
    }

    @Override
    public int waiting() {
        return waiting.partitions().size();
    }

    @Override
    public Map<String, Integer> owed() {
        return Map.of();
    }
}
