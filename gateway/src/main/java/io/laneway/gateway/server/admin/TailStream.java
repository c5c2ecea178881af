package io.laneway.gateway.server.admin;

import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
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

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final Count count;
    private final AtomicBoolean over = new AtomicBoolean();
    private Buffer waiting = Buffer.buffer();
    private boolean flushing;
    private Tail.@Nullable Open open;
    private long timer;
    private long said;

    /** How many are open. Safe for many threads. */
    static final class Count {
        private final AtomicInteger open = new AtomicInteger();

        int get() {
            return open.get();
        }
    }

    TailStream(RoutingContext call, Count count) {
        this.vertx = call.vertx();
        this.context = vertx.getOrCreateContext();
        this.response = call.response();
        this.count = count;
    }

    /** On the call's event loop. */
    void start(Tail tail, RecordFilter filter) {
        count.open.incrementAndGet();
        response.setChunked(true)
                .putHeader("content-type", "application/x-ndjson")
                .putHeader("cache-control", "no-store")
                .closeHandler(gone -> end())
                .exceptionHandler(broken -> end())
                .drainHandler(room -> flush());
        open = tail.open(filter, this);
        timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> sayDropped());
        // The head goes out at once: a reader knows that it listens.
        var unused = response.writeHead();
    }

    @Override
    public boolean take(String line) {
        synchronized (this) {
            if (waiting.length() + line.length() > MOST_WAITING) {
                return false;
            }
            waiting.appendString(line).appendByte((byte) '\n');
            if (flushing) {
                return true;
            }
            flushing = true;
        }
        context.runOnContext(go -> flush());
        return true;
    }

    /** On the event loop: gives the client what waits, if it has room. */
    private void flush() {
        Buffer lines;
        synchronized (this) {
            if (waiting.length() == 0 || over.get()) {
                flushing = false;
                return;
            }
            if (response.writeQueueFull()) {
                // Flushed when the client has read.
                return;
            }
            lines = waiting;
            waiting = Buffer.buffer();
            flushing = false;
        }
        long dropped = open == null ? 0 : open.dropped();
        if (dropped > said) {
            said = dropped;
            lines.appendString(line(dropped));
        }
        var unused = response.write(lines);
    }

    private void sayDropped() {
        Tail.Open from = open;
        if (from != null && !over.get() && !response.writeQueueFull()) {
            said = from.dropped();
            var unused = response.write(line(said));
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
        vertx.cancelTimer(timer);
        count.open.decrementAndGet();
    }
}
