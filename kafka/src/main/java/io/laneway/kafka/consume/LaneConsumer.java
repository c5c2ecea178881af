package io.laneway.kafka.consume;

import io.laneway.kafka.consume.side.Offsets;
import io.laneway.kafka.consume.side.Pauses;
import io.laneway.kafka.consume.side.Positions;
import io.laneway.kafka.consume.side.Side;
import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.lane.Mode;
import io.laneway.kafka.metrics.MemberStats;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that keeps to its lane. It behaves as the client behind it, but hands out only the records of its side,
 * writes the hand-over's marks into every commit's metadata before the application's own, moves acknowledged offsets
 * on over records that the application never saw, and commits for the application where {@code enable.auto.commit} is
 * on. Confined to one thread, as every {@code Consumer}, but for {@link #wakeup}.
 */
final class LaneConsumer<K, V> extends ForwardingConsumer<K, V> {

    private static final Duration BUSY = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofMillis(500);

    final Side<K, V> side;
    private final Pauses pauses;
    private final LaneSettings settings;
    private final CommitSchedule schedule;
    private final MemberStats stats;
    private final Runnable closing;
    private boolean ownTurn;

    /** The runnable is called when all else is closed. */
    LaneConsumer(
            Consumer<K, V> delegate,
            Side<K, V> side,
            Pauses pauses,
            LaneSettings settings,
            CommitSchedule schedule,
            MemberStats stats,
            Runnable closing) {
        super(delegate);
        this.side = side;
        this.pauses = pauses;
        this.settings = settings;
        this.schedule = schedule;
        this.stats = stats;
        this.closing = closing;
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        long start = System.nanoTime();
        boolean first = true;
        while (true) {
            commitOwn();
            side.step();
            if (schedule.statsDue()) {
                measure();
            }
            long left = timeout.toNanos() - (System.nanoTime() - start);
            if (left <= 0 && !first) {
                return ConsumerRecords.empty();
            }
            ConsumerRecords<K, V> records = pollOnce(Duration.ofNanos(Math.max(0, left)));
            if (!records.isEmpty()) {
                return records;
            }
            first = false;
        }
    }

    private void measure() {
        long lag = 0;
        for (TopicPartition partition : delegate.assignment()) {
            lag += delegate.currentLag(partition).orElse(0);
        }
        stats.lag(lag);
        stats.waiting(side.waiting());
        stats.owed(side.owed());
    }

    private ConsumerRecords<K, V> pollOnce(Duration left) {
        Duration most = side.busy() ? BUSY : QUIET;
        Duration slice = left.compareTo(most) < 0 ? left : most;
        if (!side.rereading()) {
            return side.filter(delegate.poll(slice));
        }
        // One of the two a call, in turns: if the other one failed after it, what it gave would be lost.
        ownTurn = !ownTurn;
        if (!ownTurn) {
            ConsumerRecords<K, V> again = side.reread(Duration.ZERO);
            return again.isEmpty() ? side.filter(delegate.poll(Duration.ZERO)) : again;
        }
        ConsumerRecords<K, V> own = side.filter(delegate.poll(Duration.ZERO));
        return own.isEmpty() ? side.reread(slice) : own;
    }

    private void commitOwn() {
        if (schedule.autoCommitDue()) {
            commitAsync(side.acknowledgeAll(), null);
        } else if (schedule.skipDue()) {
            commitAsync(side.skipped(), null);
        }
    }

    private void commitBeforeLeaving(Duration timeout) {
        Side.Commit commit = schedule.autoCommits() ? side.acknowledgeAll() : side.skipped();
        if (!commit.offsets().isEmpty() && Offsets.commit(delegate, commit.offsets(), timeout)) {
            commit.done().run();
        }
    }

    @Override
    ConsumerRebalanceListener between(@Nullable ConsumerRebalanceListener user) {
        return new GroupListener(side, () -> commitBeforeLeaving(Offsets.PATIENCE), user);
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (settings.slug() != null || settings.mode(partition.topic()) == Mode.AUTO) {
                throw new UnsupportedOperationException("assign: " + partition
                        + " (expected: subscribe; lanes are handed over by members of a group, see laneway.mode)");
            }
        }
        delegate.assign(partitions);
    }

    @Override
    public void unsubscribe() {
        delegate.unsubscribe();
    }

    @Override
    public void commitSync() {
        commitSync(side.acknowledgeAll(), null);
    }

    @Override
    public void commitSync(Duration timeout) {
        commitSync(side.acknowledgeAll(), timeout);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commitSync(side.acknowledge(offsets), null);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        commitSync(side.acknowledge(offsets), timeout);
    }

    private void commitSync(Side.Commit commit, @Nullable Duration timeout) {
        if (timeout == null) {
            delegate.commitSync(commit.offsets());
        } else {
            delegate.commitSync(commit.offsets(), timeout);
        }
        commit.done().run();
    }

    @Override
    public void commitAsync() {
        commitAsync(side.acknowledgeAll(), null);
    }

    @Override
    public void commitAsync(OffsetCommitCallback callback) {
        commitAsync(side.acknowledgeAll(), callback);
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        Map<TopicPartition, OffsetAndMetadata> asked = Map.copyOf(offsets);
        Side.Commit commit;
        try {
            commit = side.acknowledge(offsets);
        } catch (CommitFailedException | RetriableException e) {
            if (callback != null) {
                callback.onComplete(asked, e);
            }
            return;
        }
        commitAsync(commit, (ours, problem) -> {
            if (callback != null) {
                callback.onComplete(asked, problem);
            }
        });
    }

    private void commitAsync(Side.Commit commit, @Nullable OffsetCommitCallback callback) {
        if (commit.offsets().isEmpty() && callback == null) {
            return;
        }
        delegate.commitAsync(commit.offsets(), (offsets, problem) -> {
            if (problem == null) {
                commit.done().run();
            }
            if (callback != null) {
                callback.onComplete(offsets, problem);
            }
        });
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return plain(delegate.committed(partitions));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        return plain(delegate.committed(partitions, timeout));
    }

    private Map<TopicPartition, OffsetAndMetadata> plain(Map<TopicPartition, OffsetAndMetadata> marked) {
        Map<TopicPartition, OffsetAndMetadata> plain = new HashMap<>(marked);
        plain.replaceAll((partition, offset) -> offset == null
                ? null
                : new OffsetAndMetadata(
                        positions().committed(partition, offset.offset()),
                        offset.leaderEpoch(),
                        BaseMark.userPart(offset.metadata())));
        return plain;
    }

    @Override
    Positions positions() {
        return side.positions();
    }

    @Override
    public Set<TopicPartition> paused() {
        return pauses.paused();
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pauses.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        pauses.resume(partitions);
    }

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        for (String topic : delegate.subscription()) {
            if (settings.slug() != null || settings.mode(topic) == Mode.AUTO) {
                throw new UnsupportedOperationException("topic " + topic + ": sendOffsetsToTransaction would commit"
                        + " offsets past the hand-over between base and lanes (expected: laneway.mode." + topic
                        + "=BASE for exactly-once pipelines)");
            }
        }
        return delegate.groupMetadata();
    }

    @Override
    public void close(CloseOptions options) {
        Duration timeout = options.timeout().orElse(Duration.ofSeconds(30));
        Duration patience = timeout.compareTo(Offsets.PATIENCE) < 0 ? timeout : Offsets.PATIENCE;
        try {
            commitBeforeClosing(patience);
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } finally {
            delegate.close(options);
            side.close();
            stats.close();
            closing.run();
        }
    }

    /** A wakeup that ended the application's loop may still be on its way; it is not about the end itself. */
    private void commitBeforeClosing(Duration patience) {
        try {
            commitBeforeLeaving(patience);
        } catch (WakeupException e) {
            commitBeforeLeaving(patience);
        }
    }
}
