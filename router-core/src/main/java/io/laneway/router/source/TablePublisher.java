package io.laneway.router.source;

import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.TableDelta;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes every published revision of the control API somewhere else, such as a Kafka topic: each one once, in order.
 * The publisher itself says how far it got, so it is resumed there after a restart of either side; where it missed more
 * than is kept, it gets the table whole. One call at a time; the next one waits for the stage of the last. A stage that
 * fails is tried again from {@link #position}, with growing pauses. With several replicas one of them publishes.
 */
public interface TablePublisher extends AutoCloseable {

    /** A short name for logs, such as {@code kafka laneway.table}. */
    String name();

    /** The newest revision of this store that has arrived for certain; 0 if none has. */
    CompletionStage<Long> position(String store);

    /** Publishes a whole table. */
    CompletionStage<Void> snapshot(String store, LaneTable table);

    /** Publishes the revision after the one published last. */
    CompletionStage<Void> delta(String store, TableDelta delta);

    /**
     * Looks whether what was published is still there, and mends the place if it can. Called now and then while there is
     * nothing to publish.
     *
     * @param position the newest revision that was published
     * @return where to continue: the position, or less if something was lost
     */
    default CompletionStage<Long> verify(String store, long position) {
        return CompletableFuture.completedFuture(position);
    }

    @Override
    void close();
}
