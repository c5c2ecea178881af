package io.laneway.control.event;

import io.laneway.control.watch.EventFeed;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the events: is written as long as its connection takes bytes, and continues when it drained. One that
 * fell behind what is kept hears how many events it lost, and gets what comes next. Confined to the event loop of its
 * connection, but for {@link #begin}, {@link #over}, {@link #wake} and {@link #end}.
 */
final class EventReader {

    private static final int QUEUE = 256 << 10;
    private static final long COMMENT_EVERY_MS = 15_000;
    private static final Buffer COMMENT = Buffer.buffer(": still here\n\n");

    private final EventFeed feed;
    private final Context context;
    private final HttpServerResponse response;
    private final @Nullable String last;
    private final Supplier<JsonObject> greeting;
    private final AtomicBoolean woken = new AtomicBoolean();
    private Runnable left = () -> {};
    private String epoch = "";
    private long cursor;
    private long timer = -1;
    private boolean begun;
    private volatile boolean closed;

    /**
     * @param last     the id of the event that it had last, null for none
     * @param greeting what its first event says of the store
     */
    EventReader(
            EventFeed feed,
            Context context,
            HttpServerResponse response,
            @Nullable String last,
            Supplier<JsonObject> greeting) {
        this.feed = feed;
        this.context = context;
        this.response = response;
        this.last = last;
        this.greeting = greeting;
    }

    /**
     * Begins the response.
     *
     * @param gone is run once, when the reader has left
     */
    void open(Runnable gone) {
        left = gone;
        response.closeHandler(end -> close());
        response.exceptionHandler(error -> close());
        response.drainHandler(drained -> pump());
        response.setChunked(true).setWriteQueueMaxSize(QUEUE);
        response.putHeader("content-type", "text/event-stream").putHeader("cache-control", "no-store");
        response.write(": laneway events\nretry: 1000\n\n");
        timer = context.owner().setPeriodic(COMMENT_EVERY_MS, id -> context.runOnContext(go -> comment()));
    }

    /** The hub has this reader: events after a number are its. */
    void begin(String name, long newest) {
        context.runOnContext(go -> {
            epoch = name;
            long had = number(name);
            boolean resumed = had >= 0 && feed.reaches(had);
            cursor = resumed ? had : newest;
            begun = true;
            if (!closed) {
                response.write(
                        EventText.of("open", epoch, cursor, greeting.get().put("resumed", resumed)));
                pump();
            }
        });
    }

    private long number(String name) {
        return last != null && last.matches("[0-9a-f]+-\\d{1,18}") && last.startsWith(name + "-")
                ? Long.parseLong(last.substring(name.length() + 1))
                : -1;
    }

    /** Whether it has left. Safe for many threads. */
    boolean over() {
        return closed;
    }

    /** There may be something new. Safe for many threads. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(go -> pump());
        }
    }

    private void pump() {
        woken.set(false);
        while (begun && !closed && !response.writeQueueFull()) {
            Buffer next = next();
            if (next == null) {
                return;
            }
            response.write(next);
        }
    }

    private @Nullable Buffer next() {
        Optional<Buffer> event = feed.event(cursor + 1);
        if (event.isPresent()) {
            cursor++;
            return event.get();
        }
        if (feed.reaches(cursor)) {
            return null;
        }
        long newest = feed.newest();
        long lost = newest - cursor;
        cursor = newest;
        return EventText.of("dropped", epoch, cursor, new JsonObject().put("dropped", lost));
    }

    private void comment() {
        if (!closed && !response.writeQueueFull()) {
            response.write(COMMENT);
        }
    }

    /** Ends the response. Safe for many threads. */
    void end() {
        context.runOnContext(go -> {
            if (!closed) {
                close();
                response.end();
            }
        });
    }

    private void close() {
        if (!closed) {
            closed = true;
            context.owner().cancelTimer(timer);
            left.run();
        }
    }
}
