package io.laneway.kafka.consume.base;

import io.laneway.kafka.consume.side.Offsets;
import io.laneway.kafka.consume.side.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a member of the base group commits by itself: its marks, and for lanes what it read again. Confined to the consumer's thread. */
final class BaseCommits {

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, BaseHold> holds;
    private final ProgressWriter writer;

    /** @param holds what the member has at each time */
    BaseCommits(Consumer<?, ?> consumer, Map<TopicPartition, BaseHold> holds, ProgressWriter writer) {
        this.consumer = consumer;
        this.holds = holds;
        this.writer = writer;
    }

    /** Commits the marks that changed; tried again by the next step. */
    void marks() {
        Map<TopicPartition, OffsetAndMetadata> marks = changed();
        if (!marks.isEmpty()) {
            tried(marks);
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

    private boolean tried(Map<TopicPartition, OffsetAndMetadata> marks) {
        Side.Commit commit = commit(marks);
        boolean committed = Offsets.commit(consumer, commit.offsets());
        if (committed) {
            commit.done().run();
        }
        return committed;
    }

    /** Writes what was read again to the lanes' groups; tried again by the next step. */
    void progress() {
        Map<TopicPartition, OffsetAndMetadata> marks = progressing();
        if (!marks.isEmpty() && tried(marks)) {
            writer.write(holds.values(), false);
        }
    }

    /**
     * The same, for an application that waits for its commit of such records: what fails is thrown. What a lane's group does
     * not take, since the lane is back, is in our own marks before the application has its response.
     */
    void requireProgress() {
        Map<TopicPartition, OffsetAndMetadata> marks = changed();
        marks.putAll(progressing());
        require(marks);
        writer.write(holds.values(), true);
        require(changed());
    }

    private void require(Map<TopicPartition, OffsetAndMetadata> marks) {
        if (!marks.isEmpty()) {
            Side.Commit commit = commit(marks);
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

    /** A commit of these offsets, after which their marks are durable. */
    Side.Commit commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        List<Runnable> done = new ArrayList<>();
        offsets.forEach((partition, offset) -> {
            BaseHold hold = holds.get(partition);
            if (hold != null) {
                long changes = hold.protocol.changes();
                hold.deliveries.committing(offset.offset());
                done.add(() -> hold.protocol.durable(changes, offset.offset()));
            }
        });
        return new Side.Commit(offsets, () -> done.forEach(Runnable::run));
    }
}
