package io.laneway.kafka.consume.base;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.consume.side.Offsets;
import io.laneway.kafka.consume.side.Pauses;
import io.laneway.kafka.consume.side.Positions;
import io.laneway.kafka.consume.side.RecordFilter;
import io.laneway.kafka.consume.side.Side;
import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.BasePartition;
import io.laneway.kafka.handover.Deliveries;
import io.laneway.kafka.handover.GroupLook;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.lane.Mode;
import io.laneway.kafka.metrics.MemberStats;
import io.laneway.kafka.watch.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the base group: it hands out every record but those that live lanes have. It carries out what
 * {@link BasePartition} decides. Confined to the consumer's thread.
 */
public final class BaseSide<K, V> implements Side<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(BaseSide.class);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Consumer<K, V> consumer;
    private final LaneSettings settings;
    private final Pauses pauses;
    private final Watch<GroupLook> watch;
    private final LookReader looks;
    private final BaseCommits commits;
    private final Rereader<K, V> rereader;
    private final MemberStats stats;
    private final LaneSlugs slugs;
    private final Map<TopicPartition, BaseHold> holds = new HashMap<>();
    private final Positions positions;
    private final Map<TopicPartition, Long> unprepared = new HashMap<>();
    private boolean busy;

    public BaseSide(
            Consumer<K, V> consumer,
            LaneSettings settings,
            Pauses pauses,
            Watch<GroupLook> watch,
            ProgressWriter progress,
            Rereader<K, V> rereader,
            MemberStats stats) {
        this.consumer = consumer;
        this.settings = settings;
        this.pauses = pauses;
        this.watch = watch;
        this.looks = new LookReader(settings, watch);
        this.commits = new BaseCommits(consumer, holds, progress);
        this.rereader = rereader;
        this.stats = stats;
        this.slugs = new LaneSlugs(settings.header());
        this.positions = new BasePositions(consumer, holds);
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        long now = System.nanoTime();
        for (TopicPartition partition : partitions) {
            unprepared.put(partition, now);
            pauses.hold(partition, true);
        }
    }

    @Override
    public void removed(Collection<TopicPartition> partitions) {
        partitions.forEach(holds::remove);
        partitions.forEach(unprepared::remove);
        rereader.forget(partitions);
        pauses.forget(partitions);
    }

    @Override
    public void step() {
        prepare();
        Watch.Seen<GroupLook> seen = watch.latest();
        long now = System.nanoTime();
        busy = !unprepared.isEmpty();
        for (BaseHold hold : holds.values()) {
            if (hold.waiting() || seen != null) {
                looks.look(hold, seen, now);
            }
        }
        commits.marks();
        commits.progress();
        readAgain();
        for (BaseHold hold : holds.values()) {
            boolean holding = hold.protocol.holds();
            busy |= holding || hold.protocol.changed() || !hold.asked.isEmpty();
            pauses.hold(hold.partition, holding);
        }
    }

    private void prepare() {
        if (unprepared.isEmpty()) {
            return;
        }
        try {
            Set<TopicPartition> partitions = new HashSet<>(unprepared.keySet());
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, Offsets.PATIENCE);
            for (TopicPartition partition : partitions) {
                long position = consumer.position(partition, Offsets.PATIENCE);
                long since = unprepared.getOrDefault(partition, System.nanoTime());
                unprepared.remove(partition);
                holds.put(partition, hold(partition, committed.get(partition), position, since));
            }
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("partitions", unprepared.keySet())
                    .log("committed offsets cannot be read; the partitions wait");
        }
    }

    private BaseHold hold(
            TopicPartition partition, @Nullable OffsetAndMetadata committed, long position, long sinceNanos) {
        BaseMark mark = BaseMark.decode(committed == null ? "" : committed.metadata());
        boolean all =
                settings.mode(partition.topic()) == Mode.BASE && mark.shares().isEmpty();
        BasePartition protocol = new BasePartition(
                partition,
                all ? BaseMark.EMPTY : mark,
                committed == null,
                SETTLING.toNanos(),
                settings.metadataBytes() - mark.user().length());
        Deliveries deliveries = new Deliveries(position, committed == null ? position : committed.offset());
        protocol.onHandover(stats::handedOver);
        BaseHold hold = new BaseHold(partition, protocol, deliveries, sinceNanos, mark.user(), slugs);
        if (all) {
            protocol.proceedUnlooked();
            hold.waitNoMore();
        } else {
            watch.start();
            watch.hurry();
        }
        return hold;
    }

    private void readAgain() {
        List<BaseHold> wanted = new ArrayList<>();
        for (BaseHold hold : holds.values()) {
            if (hold.protocol.filters()
                    && hold.protocol.rereads().from() >= 0
                    && !pauses.pausedByUser(hold.partition)) {
                wanted.add(hold);
            }
        }
        rereader.read(wanted);
    }

    @Override
    public boolean busy() {
        return busy;
    }

    @Override
    public ConsumerRecords<K, V> filter(ConsumerRecords<K, V> records) {
        return records.isEmpty()
                ? records
                : RecordFilter.filter(records, (partition, end, next) -> {
                    BaseHold hold = holds.get(partition);
                    return hold == null ? RecordFilter.ALL : hold.rule(end, next);
                });
    }

    @Override
    public boolean rereading() {
        return rereader.active();
    }

    @Override
    public ConsumerRecords<K, V> reread(Duration timeout) {
        return rereader.poll(timeout);
    }

    @Override
    public Commit acknowledge(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>(offsets);
        own.keySet().removeAll(unprepared.keySet());
        if (!consumer.subscription().isEmpty()) {
            // The group would take it, over the offset and the marks of the partition's owner now.
            own.keySet().retainAll(holds.keySet());
        }
        boolean again = own.entrySet().removeIf(entry -> {
            BaseHold hold = holds.get(entry.getKey());
            return hold != null && !hold.acknowledges(entry.getValue().offset());
        });
        own.keySet().removeIf(partition -> {
            BaseHold hold = holds.get(partition);
            return hold != null && hold.waiting();
        });
        holds.values().forEach(hold -> hold.protocol.note());
        if (again) {
            commits.requireProgress();
        } else {
            commits.progress();
        }
        own.replaceAll((partition, offset) -> {
            BaseHold hold = holds.get(partition);
            return hold == null ? offset : hold.marked(offset);
        });
        return commits.commit(own);
    }

    @Override
    public Commit acknowledgeAll() {
        for (BaseHold hold : holds.values()) {
            hold.protocol.rereads().acknowledgeAll();
            hold.protocol.note();
        }
        commits.progress();
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        holds.forEach((partition, hold) -> {
            if (!hold.waiting()) {
                own.put(partition, hold.markedAll());
            }
        });
        return commits.commit(own);
    }

    @Override
    public Commit skipped() {
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        holds.forEach((partition, hold) -> {
            if (hold.protocol.filters() && hold.skippedUpTo(Offsets.position(consumer, partition))) {
                own.put(partition, hold.markedAll());
            }
        });
        return own.isEmpty() ? Commit.NOTHING : commits.commit(own);
    }

    @Override
    public Positions positions() {
        return positions;
    }

    @Override
    public void close() {
        rereader.close();
    }

    @Override
    public int waiting() {
        int waiting = unprepared.size();
        for (BaseHold hold : holds.values()) {
            waiting += hold.waiting() || hold.protocol.holds() ? 1 : 0;
        }
        return waiting;
    }

    @Override
    public Map<String, Integer> owed() {
        Map<String, Integer> owed = new HashMap<>();
        holds.values()
                .forEach(hold -> hold.protocol.rereads().lanes().forEach(slug -> owed.merge(slug, 1, Integer::sum)));
        return owed;
    }
}
