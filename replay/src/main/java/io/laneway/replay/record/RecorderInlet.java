package io.laneway.replay.record;

/**
 * Where one event loop hands requests to a recorder. Bytes are taken before they are retained, under a bound of this
 * inlet and one of all, so that no loop takes the room of others. Never blocks and holds no lock. {@code take} and the
 * ends of a request are called by the loop; bytes come back from the recorder's thread.
 */
public final class RecorderInlet {

    private final RecorderQueue queue;
    private final HeldBytes all;
    private final HeldBytes own;
    private DropReason full = DropReason.MEMORY;

    RecorderInlet(RecorderQueue queue, HeldBytes all, HeldBytes own) {
        this.queue = queue;
        this.all = all;
        this.own = own;
    }

    /** Whether so many bytes may be retained. */
    public boolean take(long bytes) {
        if (!own.take(bytes)) {
            full = reason(own);
            return false;
        }
        if (all.take(bytes)) {
            return true;
        }
        own.give(bytes);
        full = reason(all);
        return false;
    }

    private static DropReason reason(HeldBytes bound) {
        return bound.mostlyQueued() ? DropReason.BEHIND : DropReason.MEMORY;
    }

    /** Why there was no room when bytes were refused last: those of requests that run, or of those that wait. */
    public DropReason full() {
        return full;
    }

    /** A request that matched has ended and is to be written; it is released by the recorder. */
    public void finish(PendingExchange exchange) {
        own.queue(exchange.bytes());
        all.queue(exchange.bytes());
        queue.offer(new QueuedExchange(own, all, exchange));
    }

    /** A request that matched is not to be written: it gives back the bytes that it took. */
    public void drop(DropReason reason, long bytes) {
        give(bytes);
        queue.counts().drop(reason, 1);
    }

    /** Frames wait on the loop for those that follow, for a second or so: the recorder does not end before. */
    public void gather() {
        queue.gather(1);
    }

    /** They are handed over. */
    public void gathered() {
        queue.gather(-1);
    }

    /** Frames of a WebSocket that is recorded had no room, or are not to be written: it gives back their bytes. */
    public void dropFrames(long frames, long bytes) {
        give(bytes);
        queue.counts().dropFrames(frames);
    }

    /** Bytes that are held by this inlet's requests. */
    public long held() {
        return own.held();
    }

    private void give(long bytes) {
        own.give(bytes);
        all.give(bytes);
    }
}
