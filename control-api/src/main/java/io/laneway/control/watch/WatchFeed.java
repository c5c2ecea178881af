package io.laneway.control.watch;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The events that a watcher sends: of the whole table, or of a part of it. Safe for many threads. */
interface WatchFeed {

    /** A table on the wire. Immutable. */
    record Snapshot(long revision, long epoch, Buffer bytes) {}

    /**
     * What leads from one revision to a later one. Immutable.
     *
     * @param to the later one
     */
    record Step(long to, Buffer bytes) {}

    /** Grows with each reset: what was sent before leads nowhere then. */
    long epoch();

    /** Whether there is a table at all: a store that never held one serves none. */
    boolean empty();

    /** Whether a client that names this store and revision needs only what came after it. */
    boolean follows(@Nullable String store, long from);

    /** The event that leads on from a revision; null if none came yet, or if it is not here any more. */
    @Nullable
    Step after(long revision);

    /** Whether every event after a revision is here. */
    boolean reaches(long revision);

    /** The table, from which the feed leads on; made on a worker thread. */
    Future<Snapshot> snapshot();
}
