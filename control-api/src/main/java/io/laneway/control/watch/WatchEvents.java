package io.laneway.control.watch;

import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that watchers send: the newest revisions, and the table whole. Each event is encoded once and shared by all
 * watchers. Safe for many threads.
 */
final class WatchEvents {

    private static final int MAX_EVENTS = 4_096;
    private static final long MAX_BYTES = 32L << 20;

    private final Vertx vertx;
    private final Supplier<Identity> identity;
    private final Function<TableState, String> encoder;
    private final EventFeed feed = new EventFeed(MAX_EVENTS, MAX_BYTES);
    private final AtomicLong epoch = new AtomicLong();
    private volatile @Nullable TableState state;
    private @Nullable Snapshot snapshot;

    /** A whole table on the wire. Immutable. */
    record Snapshot(long revision, long epoch, Buffer bytes) {}

    WatchEvents(Vertx vertx, Supplier<Identity> identity, Function<TableState, String> encoder) {
        this.vertx = vertx;
        this.identity = identity;
        this.encoder = encoder;
    }

    /** Takes what was published before the start, so that gateways that were connected need no snapshot. */
    void remember(List<PublishedRow> tail) {
        if (!tail.isEmpty() && tail.get(tail.size() - 1).revision() == feed.newest()) {
            feed.reset(tail.get(0).revision() - 1);
            tail.forEach(this::add);
        }
    }

    /** Adds the revisions that lead to a state. */
    void add(TableState to, List<PublishedRow> rows) {
        state = to;
        rows.forEach(this::add);
    }

    private void add(PublishedRow row) {
        feed.add(row.revision(), EventEncoder.delta(identity.get(), row));
    }

    /** Starts again from a state that no revisions lead to. */
    void reset(TableState to) {
        state = to;
        epoch.incrementAndGet();
        feed.reset(to.revision());
    }

    /** Grows with each reset: what was sent before leads nowhere then. */
    long epoch() {
        return epoch.get();
    }

    /** The event that leads from a revision to the next, if it came already and is still here. */
    Optional<Buffer> after(long revision) {
        return feed.event(revision + 1);
    }

    /** Whether every event after a revision is here. */
    boolean reaches(long revision) {
        return feed.reaches(revision);
    }

    /** Whether a client that names this store and revision needs only what came after it. */
    boolean follows(@Nullable String store, long from) {
        return from > 0 && (store == null || store.equals(identity.get().id())) && feed.reaches(from);
    }

    /** Whether a client has a revision that is newer than any we know. */
    boolean ahead(long from) {
        return from > feed.newest();
    }

    /** Whether there is a table at all: a store that never held one serves none. */
    boolean empty() {
        TableState now = state;
        return now == null || now.revision() == 0;
    }

    /** The table whole, from which the feed leads on; encoded on a worker thread when the last one is too old. */
    Future<Snapshot> snapshot() {
        return vertx.executeBlocking(this::encoded, true);
    }

    private synchronized Snapshot encoded() {
        Snapshot last = snapshot;
        if (last != null && last.epoch() == epoch.get() && feed.reaches(last.revision())) {
            return last;
        }
        long now = epoch.get();
        TableState table = state;
        if (table == null) {
            throw new IllegalStateException("watch: asked before the table was read");
        }
        Snapshot fresh = new Snapshot(
                table.revision(), now, EventEncoder.snapshot(identity.get(), table.revision(), encoder.apply(table)));
        snapshot = fresh;
        return fresh;
    }
}
