package io.laneway.gateway.server.admin;

import io.laneway.gateway.server.adminhttp.CallStream;
import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one open tail, between the thread that has them and the client that reads them. They wait in a bounded
 * buffer; what a slow client has no room for is dropped, and a line says how much that was so far: where some are missing,
 * and every ten seconds in any case, which also keeps a quiet tail open. Safe for many threads.
 */
final class TailStream implements Tail.Reader {

    private static final int MOST_WAITING = 1 << 20;
    private static final long PERIOD_MILLIS = 10_000;

    private final CallStream stream;
    private final Count count;
    private final AtomicBoolean over = new AtomicBoolean();
    private StringBuilder waiting = new StringBuilder();
    private boolean flushing;
    private Tail.@Nullable Open open;
    private long said;

    /** How many are open. Safe for many threads. */
    static final class Count {
        private final AtomicInteger open = new AtomicInteger();

        int get() {
            return open.get();
        }
    }

    TailStream(CallStream stream, Count count) {
        this.stream = stream;
        this.count = count;
    }

    /** On the call's event loop, before its head goes out: a client that has the head misses nothing. */
    void start(Tail tail, RecordFilter filter) {
        count.open.incrementAndGet();
        open = tail.open(filter, this);
        stream.onRoom(this::flush).onEnd(this::end);
        stream.every(PERIOD_MILLIS, this::sayDropped);
    }

    @Override
    public boolean take(String line) {
        synchronized (this) {
            if (waiting.length() + line.length() > MOST_WAITING) {
                return false;
            }
            waiting.append(line).append('\n');
            if (flushing) {
                return true;
            }
            flushing = true;
        }
        stream.execute(this::flush);
        return true;
    }

    /** On the event loop: gives the client what waits, if it has room. */
    private void flush() {
        StringBuilder lines;
        synchronized (this) {
            if (waiting.length() == 0 || over.get()) {
                flushing = false;
                return;
            }
            if (stream.isFull()) {
                // Flushed when the client has read.
                return;
            }
            lines = waiting;
            waiting = new StringBuilder();
            flushing = false;
        }
        long dropped = open == null ? 0 : open.dropped();
        if (dropped > said) {
            said = dropped;
            lines.append(line(dropped));
        }
        stream.write(lines.toString());
    }

    private void sayDropped() {
        Tail.Open from = open;
        if (from != null && !over.get() && !stream.isFull()) {
            said = from.dropped();
            stream.write(line(said));
        }
    }

    private static String line(long dropped) {
        return "{\"dropped\":" + dropped + "}\n";
    }

    private void end() {
        Tail.Open from = open;
        if (!over.compareAndSet(false, true) || from == null) {
            return;
        }
        from.close();
        count.open.decrementAndGet();
    }
}
