package io.laneway.control.question;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * One reader of a tail: gets each record as an event, up to so many a second and as far as its connection takes them;
 * the others are counted, and the count is said each second. Confined to the event loop of its connection, but for
 * {@link #take}, {@link #left} and {@link #end}.
 */
final class TailReader implements Collector {

    /** So many records a second reach a reader. */
    static final int PER_SECOND = 500;

    /** So many characters may wait for the event loop. */
    private static final int MAX_WAITING = 1 << 20;

    private static final int QUEUE = 256 << 10;
    private static final long SECOND_MS = 1_000;
    private static final int COMMENT_EVERY = 15;
    private static final String DROPPED = "dropped";

    private final Context context;
    private final HttpServerResponse response;
    private final UnaryOperator<JsonObject> shown;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final TailEnd gone = new TailEnd();
    private Runnable ungrant = () -> {};
    private long timer = -1;
    private long said;
    private int sent;
    private int seconds;
    private boolean open;
    private boolean closed;

    /** @param shown what of a record the reader may see */
    TailReader(Context context, HttpServerResponse response, UnaryOperator<JsonObject> shown) {
        this.context = context;
        this.response = response;
        this.shown = shown;
    }

    /** What is to be run when the reader has left. Safe for many threads. */
    void left(Runnable task) {
        gone.set(task);
    }

    /**
     * Starts the response.
     *
     * @param longest after which it ends
     * @param granted is run when it has ended
     */
    void open(Fleet fleet, Duration longest, Runnable granted) {
        ungrant = granted;
        if (response.closed()) {
            close();
            return;
        }
        open = true;
        response.closeHandler(end -> close());
        response.exceptionHandler(broken -> close());
        response.setChunked(true).setWriteQueueMaxSize(QUEUE);
        response.putHeader("content-type", "text/event-stream").putHeader("cache-control", "no-store");
        event(
                "open",
                new JsonObject()
                        .put("asked", new JsonArray(fleet.asked()))
                        .put("missing", Fleet.json(fleet.missing())));
        long most = longest.toMillis() / SECOND_MS;
        timer = context.owner().setPeriodic(SECOND_MS, second -> context.runOnContext(go -> second(most)));
    }

    @Override
    public void take(String gateway, String lines) {
        if (waiting.get() + lines.length() > MAX_WAITING) {
            dropped.addAndGet(lines.lines().count());
            return;
        }
        waiting.addAndGet(lines.length());
        context.runOnContext(go -> {
            waiting.addAndGet(-lines.length());
            lines.lines().forEach(line -> line(gateway, line));
        });
    }

    private void line(String gateway, String line) {
        if (closed || line.isBlank()) {
            return;
        }
        boolean counts = line.startsWith("{\"" + DROPPED + "\":");
        if (!counts && (!open || sent >= PER_SECOND || response.writeQueueFull())) {
            dropped.incrementAndGet();
            return;
        }
        JsonObject record;
        try {
            record = new JsonObject(line);
        } catch (DecodeException e) {
            dropped.incrementAndGet();
            return;
        }
        if (record.getMap() == null) {
            dropped.incrementAndGet();
            return;
        }
        if (counts) {
            dropped.addAndGet(record.getValue(DROPPED) instanceof Number number ? number.longValue() : 1);
        } else if (RecordForm.problem(record) != null) {
            dropped.incrementAndGet();
        } else {
            sent++;
            event("record", shown.apply(new Hop(gateway, record).json()));
        }
    }

    private void second(long most) {
        sent = 0;
        long all = dropped.get();
        if (!closed && all > said && !response.writeQueueFull()) {
            event(DROPPED, new JsonObject().put(DROPPED, all - said).put("total", all));
            said = all;
        }
        if (!closed && ++seconds % COMMENT_EVERY == 0 && !response.writeQueueFull()) {
            response.write(": still here\n\n");
        }
        if (seconds >= most) {
            finish();
        }
    }

    private void event(String name, JsonObject data) {
        response.write("event: " + name + "\ndata: " + data.encode() + "\n\n");
    }

    /** Ends the response. Safe for many threads. */
    void end() {
        context.runOnContext(go -> finish());
    }

    private void finish() {
        if (!closed) {
            close();
            response.end();
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            context.owner().cancelTimer(timer);
            ungrant.run();
            gone.run();
        }
    }
}
