package io.laneway.control.watch;

import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that watchers send: the newest revisions, and the table whole. Each event is encoded once and shared by all
 * watchers. Safe for many threads.
 */
final class WatchEvents implements WatchFeed {

    private static final int MAX_EVENTS = 4_096;
    private static final long MAX_BYTES = 32L << 20;

    private final Vertx vertx;
    private final Supplier<Identity> identity;
    private final Function<TableState, String> encoder;
    private final EventFeed feed = new EventFeed(MAX_EVENTS, MAX_BYTES);
    private final AtomicLong epoch = new AtomicLong();
    private volatile @Nullable TableState state;
    private @Nullable Snapshot snapshot;

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

    @Override
    public long epoch() {
        return epoch.get();
    }

    @Override
    public @Nullable Step after(long revision) {
        Buffer event = feed.event(revision + 1).orElse(null);
        return event == null ? null : new Step(revision + 1, event);
    }

    @Override
    public boolean reaches(long revision) {
        return feed.reaches(revision);
    }

    @Override
    public boolean follows(@Nullable String store, long from) {
        return from > 0 && (store == null || store.equals(identity.get().id())) && feed.reaches(from);
    }

    /** Whether a client has a revision that is newer than any we know. */
    boolean ahead(long from) {
        return from > feed.newest();
    }

    @Override
    public boolean empty() {
        TableState now = state;
        return now == null || now.revision() == 0;
    }

    /** The table as it is; null before it was read. */
    @Nullable
    TableState state() {
        return state;
    }

    /** The table whole, encoded when the last one is too old. */
    @Override
    public Future<Snapshot> snapshot() {
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
