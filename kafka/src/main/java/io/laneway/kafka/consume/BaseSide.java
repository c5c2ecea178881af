package io.laneway.kafka.consume;

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
final class BaseSide<K, V> implements Side<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(BaseSide.class);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Consumer<K, V> consumer;
    private final LaneSettings settings;
    private final Pauses pauses;
    private final Watch<GroupLook> watch;
    private final ProgressWriter progress;
    private final Rereader<K, V> rereader;
    private final MemberStats stats;
    private final Verdicts verdicts;
    private final Map<TopicPartition, BaseHold> holds = new HashMap<>();
    private final Positions positions;
    private final Map<TopicPartition, Long> unprepared = new HashMap<>();
    private boolean busy;

    BaseSide(
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
        this.progress = progress;
        this.rereader = rereader;
        this.stats = stats;
        this.verdicts = new Verdicts(settings.header());
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
                look(hold, seen, now);
            }
        }
        commitMarks();
        writeProgress();
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
        BaseHold hold = new BaseHold(partition, protocol, deliveries, sinceNanos, mark.user(), verdicts);
        if (all) {
            protocol.proceedUnlooked();
            hold.waitNoMore();
        } else {
            watch.start();
            watch.hurry();
        }
        return hold;
    }

    private void look(BaseHold hold, Watch.@Nullable Seen<GroupLook> seen, long now) {
        BasePartition protocol = hold.protocol;
        if (seen != null && hold.news(seen.sequence(), seen.startedNanos())) {
            note(hold, view(hold, seen.value()), seen.startedNanos(), now);
        } else if (hold.waiting()
                && now - hold.sinceNanos > settings.firstLook().toNanos()) {
            hold.waitNoMore();
            protocol.proceedUnlooked();
            LOG.atWarn()
                    .addKeyValue("partition", hold.partition)
                    .log("lanes' groups could not be seen in time; their shares stay as they were");
        }
        protocol.settle(now);
        for (String slug : protocol.asks()) {
            if (hold.asked.putIfAbsent(slug, now) == null) {
                watch.hurry();
            }
        }
    }

    private GroupLook view(BaseHold hold, GroupLook look) {
        return settings.mode(hold.partition.topic()) == Mode.BASE ? look.deserted() : look;
    }

    private void note(BaseHold hold, GroupLook look, long startedNanos, long now) {
        long position = hold.deliveries.position();
        hold.asked.entrySet().removeIf(asked -> {
            boolean fresh = startedNanos - asked.getValue() > 0;
            if (fresh) {
                GroupLook.LaneLook lane = look.lanes().get(asked.getKey());
                hold.protocol.answered(
                        asked.getKey(),
                        lane != null && lane.alive(hold.partition.topic()),
                        lane == null ? null : lane.offsets().get(hold.partition),
                        position);
            }
            return fresh;
        });
        List<String> crowded = hold.protocol.look(look, position, now);
        if (!crowded.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partition", hold.partition)
                    .addKeyValue("lanes", crowded)
                    .log("no room for more lanes in the offset's metadata (laneway.metadata.max.bytes);"
                            + " the base handles their records");
        }
    }

    private void commitMarks() {
        Map<TopicPartition, OffsetAndMetadata> marks = changed();
        if (!marks.isEmpty()) {
            commitMarks(marks);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> changed() {
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        for (BaseHold hold : holds.values()) {
            if (hold.protocol.changed() && !hold.waiting()) {
                marks.put(hold.partition, hold.unmoved());
            }
        }
        return marks;
    }

    private boolean commitMarks(Map<TopicPartition, OffsetAndMetadata> marks) {
        Commit commit = commit(marks);
        boolean committed = Offsets.commit(consumer, commit.offsets());
        if (committed) {
            commit.done().run();
        }
        return committed;
    }

    private void writeProgress() {
        Map<TopicPartition, OffsetAndMetadata> marks = progressing();
        if (!marks.isEmpty() && commitMarks(marks)) {
            progress.write(holds.values(), false);
        }
    }

    /**
     * The same, for an application that waits for its commit of such records: what fails is thrown. What a lane's group does
     * not take, since the lane is back, is in our own marks before the application has its response.
     */
    private void commitProgress() {
        Map<TopicPartition, OffsetAndMetadata> marks = changed();
        marks.putAll(progressing());
        require(marks);
        progress.write(holds.values(), true);
        require(changed());
    }

    private void require(Map<TopicPartition, OffsetAndMetadata> marks) {
        if (!marks.isEmpty()) {
            Commit commit = commit(marks);
            consumer.commitSync(commit.offsets(), Offsets.PATIENCE);
            commit.done().run();
        }
    }

    /** A lane's empty group knows no generation of ours, so a commit to our own group must show that we are in it. */
    private Map<TopicPartition, OffsetAndMetadata> progressing() {
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
        for (BaseHold hold : holds.values()) {
            if (hold.protocol.filters() && !hold.protocol.progress().isEmpty()) {
                marks.put(hold.partition, hold.unmoved());
            }
        }
        return marks;
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
                : Sieve.sift(records, (partition, end, next) -> {
                    BaseHold hold = holds.get(partition);
                    return hold == null ? Sieve.ALL : hold.rule(end, next);
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
            // The group would take it, over the offset and the marks of whoever has the partition now.
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
            commitProgress();
        } else {
            writeProgress();
        }
        own.replaceAll((partition, offset) -> {
            BaseHold hold = holds.get(partition);
            return hold == null ? offset : hold.marked(offset);
        });
        return commit(own);
    }

    @Override
    public Commit acknowledgeAll() {
        for (BaseHold hold : holds.values()) {
            hold.protocol.rereads().acknowledgeAll();
            hold.protocol.note();
        }
        writeProgress();
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        holds.forEach((partition, hold) -> {
            if (!hold.waiting()) {
                own.put(partition, hold.markedAll());
            }
        });
        return commit(own);
    }

    @Override
    public Commit skipped() {
        Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>();
        holds.forEach((partition, hold) -> {
            if (hold.protocol.filters() && hold.skippedUpTo(Offsets.position(consumer, partition))) {
                own.put(partition, hold.markedAll());
            }
        });
        return own.isEmpty() ? Commit.NOTHING : commit(own);
    }

    private Commit commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        List<Runnable> done = new ArrayList<>();
        offsets.forEach((partition, offset) -> {
            BaseHold hold = holds.get(partition);
            if (hold != null) {
                long changes = hold.protocol.changes();
                hold.deliveries.committing(offset.offset());
                done.add(() -> hold.protocol.durable(changes, offset.offset()));
            }
        });
        return new Commit(offsets, () -> done.forEach(Runnable::run));
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
