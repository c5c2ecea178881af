package io.laneway.control.question;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * One gateway's call with an answer: its request, and the response that it gets once. What comes after the response is
 * not read: the connection ends. Confined to the event loop of its connection, but for {@link #onLoop}.
 */
final class AnswerReply {

    private static final long LINGER_MS = 1_000;

    private final RoutingContext call;
    private final Context context;
    private boolean done;

    AnswerReply(RoutingContext call, Context context) {
        this.call = call;
        this.context = context;
    }

    HttpServerRequest request() {
        return call.request();
    }

    Vertx vertx() {
        return call.vertx();
    }

    /** Runs a task on the event loop of the connection. Safe for many threads. */
    void onLoop(Runnable task) {
        context.runOnContext(go -> task.run());
    }

    /** The answer was taken whole. */
    void taken() {
        if (!done) {
            done = true;
            call.response().setStatusCode(204).end();
        }
    }

    /** No more of the answer is wanted. */
    void enough() {
        if (!done) {
            done = true;
            HttpServerResponse response = call.response();
            if (!response.closed()) {
                response.setStatusCode(204).putHeader("connection", "close").end();
                letGo();
            }
        }
    }

    /** What comes still is read for a moment: a connection closed on unread bytes would lose the response. */
    private void letGo() {
        HttpConnection connection = request().connection();
        request().handler(ignored -> {}).endHandler(end -> {}).resume();
        vertx().setTimer(LINGER_MS, id -> connection.close());
    }

    /** Says why the answer is not taken; the rest of it is let go. */
    void fail(Throwable why) {
        if (!done) {
            done = true;
            call.response().putHeader("connection", "close");
            call.fail(why);
            letGo();
        }
    }
}
