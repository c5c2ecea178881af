package io.laneway.control.watch;

import io.laneway.control.edit.Editor;
import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes every revision from the editor and wakes the watchers. Each event is encoded once and shared by all; a watcher
 * keeps only the number of what it was sent last, so a slow one costs nothing. One that fell behind what is kept, or
 * comes without a revision, is sent the table whole. Safe for many threads.
 */
public final class WatchHub implements Editor.Published {

    private static final int MAX_EVENTS = 4_096;
    private static final long MAX_BYTES = 32L << 20;

    private final Vertx vertx;
    private final Supplier<Identity> identity;
    private final Function<TableState, String> encoder;
    private final Feed feed = new Feed(MAX_EVENTS, MAX_BYTES);
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable TableState state;
    private @Nullable Snapshot snapshot;
    private final AtomicLong epoch = new AtomicLong();

    /** A whole table on the wire. Immutable. */
    record Snapshot(long revision, long epoch, Buffer bytes) {}

    /**
     * @param identity who the store is now
     * @param encoder  writes the published table as JSON
     */
    public WatchHub(Vertx vertx, Supplier<Identity> identity, Function<TableState, String> encoder) {
        this.vertx = vertx;
        this.identity = identity;
        this.encoder = encoder;
    }

    /** Takes what was published before the start, so that gateways that were connected need no snapshot. */
    public void remember(List<PublishedRow> tail) {
        if (!tail.isEmpty() && tail.get(tail.size() - 1).revision() == feed.newest()) {
            feed.reset(tail.get(0).revision() - 1);
            tail.forEach(row -> feed.add(row.revision(), Wire.delta(identity.get(), row)));
        }
    }

    @Override
    public void revisions(TableState state, List<PublishedRow> rows) {
        this.state = state;
        rows.forEach(row -> feed.add(row.revision(), Wire.delta(identity.get(), row)));
        watchers.forEach(Watcher::wake);
    }

    @Override
    public void reset(TableState state) {
        this.state = state;
        epoch.incrementAndGet();
        feed.reset(state.revision());
        watchers.forEach(Watcher::wake);
    }

    /** How many are watching. */
    public int size() {
        return watchers.size();
    }

    Feed feed() {
        return feed;
    }

    long epoch() {
        return epoch.get();
    }

    Vertx vertx() {
        return vertx;
    }

    /** Whether a client that names this store and revision needs only what came after it. */
    boolean follows(@Nullable String store, long from) {
        return from > 0 && (store == null || store.equals(identity.get().id())) && feed.reaches(from);
    }

    /** Whether a client has a revision that is newer than any we know. */
    public boolean ahead(long from) {
        return from > feed.newest();
    }

    /** Whether there is a table at all: a store that never held one serves none. */
    boolean empty() {
        TableState now = state;
        return now == null || now.revision() == 0;
    }

    void add(Watcher watcher) {
        watchers.add(watcher);
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
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
                table.revision(), now, Wire.snapshot(identity.get(), table.revision(), encoder.apply(table)));
        snapshot = fresh;
        return fresh;
    }

    /** Ends every watch. */
    public void close() {
        watchers.forEach(Watcher::end);
    }
}
