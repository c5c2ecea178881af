package io.laneway.gateway.server.replay;

import io.laneway.gateway.server.question.AnswerSender;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Says to the control API how far a replay is, and hears whether it is to be continued. Blocks; safe for many threads. */
final class ReplayReports {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AnswerSender sender;
    private final String replay;

    ReplayReports(AnswerSender sender, String replay) {
        this.sender = sender;
        this.replay = replay;
    }

    /** What the control API wants. */
    enum Wanted {
        /** It is to be continued, or its end was taken. */
        CONTINUE,
        /** No more is to be sent. */
        ABORT,
        /** It is not this process's to do, or over. */
        OVER,
        /** The control API could not be heard. */
        UNKNOWN
    }

    Wanted say(ReplayNews news) throws InterruptedException {
        Future<Wanted> wanted = sender.replay(replay)
                .compose(request -> request.send(news.json().toBuffer()))
                .compose(ReplayReports::wanted);
        try {
            return wanted.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Wanted.UNKNOWN;
        }
    }

    private static Future<Wanted> wanted(HttpClientResponse response) {
        int status = response.statusCode();
        if (status == 404 || status == 409) {
            return response.end().map(Wanted.OVER);
        }
        if (status == 413 || status == 422) {
            // said again it would not be taken either
            return response.end().map(Wanted.OVER);
        }
        return status == 200
                ? response.body().map(body -> {
                    try {
                        boolean abort = "aborting".equals(new JsonObject(body).getValue("state"));
                        return abort ? Wanted.ABORT : Wanted.CONTINUE;
                    } catch (DecodeException e) {
                        return Wanted.UNKNOWN;
                    }
                })
                : response.end().map(Wanted.UNKNOWN);
    }
}
