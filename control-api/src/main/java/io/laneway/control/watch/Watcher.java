package io.laneway.control.watch;

import io.laneway.control.watch.WatchHub.Snapshot;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the watch: writes as long as the connection takes bytes, and goes on when it drained. Confined to the
 * event loop of its connection, but for {@link #wake()} and {@link #end()}.
 */
public final class Watcher {

    private static final Logger log = LoggerFactory.getLogger(Watcher.class);
    private static final int SLICE = 64 << 10;
    private static final long COMMENT_EVERY_MS = 15_000;

    private final WatchHub hub;
    private final Context context;
    private final HttpServerResponse response;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final long timer;
    private final Runnable left;
    private long cursor;
    private long epoch;
    private boolean following;
    private boolean asking;
    private boolean closed;
    private @Nullable Snapshot sending;
    private int sent;

    private Watcher(
            WatchHub hub,
            Context context,
            HttpServerResponse response,
            boolean following,
            long from,
            UnaryOperator<Runnable> begun) {
        this.left = begun.apply(this::end);
        this.hub = hub;
        this.context = context;
        this.response = response;
        this.following = following;
        this.cursor = from;
        this.epoch = hub.epoch();
        this.timer = hub.vertx().setPeriodic(COMMENT_EVERY_MS, id -> comment());
    }

    /**
     * Starts to answer a watch.
     *
     * @param store the store that the client follows, null if it does not say
     * @param from  the revision that it has, 0 for none
     * @param begun is given what ends the watch, and gives what is to be run once when it has ended
     */
    public static void start(
            WatchHub hub,
            Context context,
            HttpServerResponse response,
            @Nullable String store,
            long from,
            UnaryOperator<Runnable> begun) {
        Watcher watcher = new Watcher(hub, context, response, hub.follows(store, from), from, begun);
        response.setChunked(true).setWriteQueueMaxSize(4 * SLICE);
        response.closeHandler(closed -> watcher.close());
        response.exceptionHandler(error -> watcher.close());
        response.drainHandler(drained -> watcher.pump());
        hub.add(watcher);
        response.write(": laneway watch\nretry: 1000\n\n");
        watcher.pump();
    }

    /** There may be something new. Safe for many threads. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(go -> pump());
        }
    }

    /** Ends the answer, so that the client comes again. Safe for many threads. */
    void end() {
        context.runOnContext(go -> {
            if (!closed) {
                close();
                response.end();
            }
        });
    }

    private void pump() {
        woken.set(false);
        while (!closed && !response.writeQueueFull()) {
            Buffer next = next();
            if (next == null) {
                return;
            }
            response.write(next);
        }
    }

    private @Nullable Buffer next() {
        if (sending != null) {
            return slice(sending);
        }
        if (epoch != hub.epoch()) {
            epoch = hub.epoch();
            following = false;
        }
        if (following) {
            Optional<Buffer> event = hub.feed().event(cursor + 1);
            if (event.isPresent()) {
                cursor++;
                return event.get();
            }
            if (hub.feed().reaches(cursor)) {
                return null;
            }
            following = false;
        }
        askSnapshot();
        return null;
    }

    private Buffer slice(Snapshot snapshot) {
        int end = Math.min(sent + SLICE, snapshot.bytes().length());
        Buffer slice = snapshot.bytes().slice(sent, end);
        sent = end;
        if (end == snapshot.bytes().length()) {
            sending = null;
            following = true;
            cursor = snapshot.revision();
        }
        return slice;
    }

    private void askSnapshot() {
        if (asking || hub.empty()) {
            return;
        }
        asking = true;
        hub.snapshot()
                .onComplete(done -> context.runOnContext(go -> {
                    asking = false;
                    if (done.succeeded()) {
                        sending = done.result();
                        sent = 0;
                        epoch = sending.epoch();
                        pump();
                    } else {
                        log.atError().setCause(done.cause()).log("snapshot of the watch failed");
                        close();
                        response.reset();
                    }
                }));
    }

    private void comment() {
        context.runOnContext(go -> {
            if (!closed && sending == null && !response.writeQueueFull()) {
                response.write(Wire.COMMENT);
            }
        });
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        left.run();
        hub.remove(this);
        hub.vertx().cancelTimer(timer);
    }
}
