package io.laneway.gateway.server.question;

import io.laneway.gateway.telemetry.records.Tail;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streamed answer: the lines of one tail, sent as they come in the body of a call that the control API ends.
 * A call that breaks is made again for a while. Confined to one event loop of Vert.x.
 */
final class LinesAnswer {

    private static final Logger log = LoggerFactory.getLogger(LinesAnswer.class);
    private static final int TRIES = 5;
    private static final long AGAIN_MILLIS = 1_000;
    private static final long FLUSH_MILLIS = 50;
    private static final long SECOND_MILLIS = 1_000;
    private static final long STILL_HERE_MILLIS = 15_000;
    private static final int QUEUE = 256 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final AnswerSender sender;
    private final Question question;
    private final Answerer.Lines lines;
    private final WaitingLines waiting;
    private Runnable ended = () -> {};
    private Tail.@Nullable Open source;
    private @Nullable HttpClientRequest call;
    private long flush = -1;
    private long quiet;
    private long flushes;
    private long said;
    private int tries = TRIES;
    private boolean closed;

    LinesAnswer(Vertx vertx, Context context, AnswerSender sender, Question question, Answerer.Lines lines) {
        this.vertx = vertx;
        this.context = context;
        this.sender = sender;
        this.question = question;
        this.lines = lines;
        this.waiting = new WaitingLines(question.filter(), System::nanoTime);
    }

    /** @param whenEnded is run once */
    void start(Runnable whenEnded) {
        ended = whenEnded;
        long most =
                Math.max(1, Duration.between(Instant.now(), question.until()).toMillis());
        vertx.setTimer(most, id -> close());
        flush = vertx.setPeriodic(FLUSH_MILLIS, id -> flush());
        vertx.executeBlocking(() -> lines.open(question.filter(), waiting), false)
                .onSuccess(this::opened)
                .onFailure(error -> {
                    log.atWarn().setCause(error).log("a tail cannot be opened");
                    close();
                });
    }

    private void opened(Tail.Open opened) {
        source = opened;
        if (closed) {
            closeSource();
        } else {
            connect();
        }
    }

    private void connect() {
        sender.answer(question.id()).onSuccess(this::connected).onFailure(error -> broken());
    }

    private void connected(HttpClientRequest request) {
        if (closed) {
            var unused = request.reset();
            return;
        }
        call = request;
        request.setChunked(true).setWriteQueueMaxSize(QUEUE).putHeader("content-type", "application/jsonl");
        request.exceptionHandler(error -> broken(request));
        request.response().onSuccess(this::responded).onFailure(error -> broken(request));
        var unused = request.writeHead();
    }

    /** The control API responds when it wants no more lines, while the call's body is not at its end. */
    private void responded(HttpClientResponse response) {
        response.exceptionHandler(error -> log.atDebug().setCause(error).log("the call of a tail is ended"));
        close();
    }

    private void broken(HttpClientRequest request) {
        if (call == request) {
            call = null;
            broken();
        }
    }

    private void broken() {
        if (closed) {
            return;
        }
        if (--tries == 0) {
            close();
        } else {
            vertx.setTimer(AGAIN_MILLIS, id -> {
                if (!closed) {
                    connect();
                }
            });
        }
    }

    private void flush() {
        quiet += FLUSH_MILLIS;
        HttpClientRequest to = call;
        if (to == null || to.writeQueueFull()) {
            return;
        }
        String text = waiting.drain() + dropped();
        if (!text.isEmpty()) {
            quiet = 0;
            tries = TRIES;
            var unused = to.write(text);
        } else if (quiet >= STILL_HERE_MILLIS) {
            quiet = 0;
            var unused = to.write("\n");
        }
    }

    /** What was dropped since it was said last, once a second, as a line of its own. */
    private String dropped() {
        Tail.Open from = source;
        if (from == null || ++flushes % (SECOND_MILLIS / FLUSH_MILLIS) != 0) {
            return "";
        }
        long all = from.dropped();
        long fresh = all - said;
        said = all;
        return fresh == 0 ? "" : "{\"dropped\":" + fresh + "}\n";
    }

    /** Safe to repeat. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        vertx.cancelTimer(flush);
        closeSource();
        HttpClientRequest open = call;
        call = null;
        if (open != null) {
            var unused = open.reset();
        }
        ended.run();
    }

    private void closeSource() {
        Tail.Open open = source;
        source = null;
        if (open != null) {
            var unused = context.executeBlocking(
                    () -> {
                        open.close();
                        return true;
                    },
                    false);
        }
    }
}
