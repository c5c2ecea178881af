package io.laneway.control.watch;

import io.laneway.control.watch.WatchFeed.Snapshot;
import io.laneway.control.watch.WatchFeed.Step;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the watch: writes as long as the connection takes bytes, and continues when it drained. Confined to the
 * event loop of its connection, but for {@link #wake()} and {@link #end()}.
 */
final class Watcher {

    private static final Logger log = LoggerFactory.getLogger(Watcher.class);
    private static final int SLICE = 64 << 10;
    private static final long COMMENT_EVERY_MS = 15_000;

    private final WatchFeed events;
    private final Context context;
    private final HttpServerResponse response;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final OpenQuestions questions;
    private long timer;
    private Runnable left = () -> {};
    private long asked;
    private long cursor;
    private long epoch;
    private boolean following;
    private boolean asking;
    private boolean closed;
    private @Nullable Snapshot sending;
    private int sent;

    Watcher(
            WatchFeed events,
            OpenQuestions questions,
            Context context,
            HttpServerResponse response,
            WatchClient client) {
        this.events = events;
        this.questions = client.gateway() ? questions : OpenQuestions.NONE;
        this.context = context;
        this.response = response;
        this.following = events.follows(client.store(), client.from());
        this.cursor = client.from();
        this.epoch = events.epoch();
    }

    /**
     * Begins the response; what is new comes once the watcher is woken.
     *
     * @param left is run once, when the watch has ended
     */
    void start(Runnable left) {
        this.left = left;
        timer = context.owner().setPeriodic(COMMENT_EVERY_MS, id -> comment());
        response.setChunked(true).setWriteQueueMaxSize(4 * SLICE);
        response.closeHandler(closed -> close());
        response.exceptionHandler(error -> close());
        response.drainHandler(drained -> pump());
    }

    /** Sends what there is already. */
    void first() {
        response.write(": laneway watch\nretry: 1000\n\n");
        pump();
    }

    /** There may be something new. Safe for many threads. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(go -> pump());
        }
    }

    /** Ends the response, so that the client comes again. Safe for many threads. */
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
        Map.Entry<Long, Buffer> question = questions.after(asked);
        if (question != null) {
            asked = question.getKey();
            return question.getValue();
        }
        if (epoch != events.epoch()) {
            epoch = events.epoch();
            following = false;
        }
        if (following) {
            Step step = events.after(cursor);
            if (step != null) {
                cursor = step.to();
                return step.bytes();
            }
            if (events.reaches(cursor)) {
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
        if (asking || events.empty()) {
            return;
        }
        asking = true;
        events.snapshot()
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
                response.write(EventEncoder.COMMENT);
            }
        });
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        left.run();
        context.owner().cancelTimer(timer);
    }
}
