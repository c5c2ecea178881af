package io.laneway.gateway.server.tables;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A control API of a test: takes watches and reports, and says what the test tells it to. */
final class FakeControl {

    final List<String> watches = new CopyOnWriteArrayList<>();
    final List<JsonObject> reports = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    /** What watches of parts asked for. */
    final List<JsonObject> interests = new CopyOnWriteArrayList<>();

    volatile int status = 200;
    /** Whether it knows the watch of a part. */
    volatile boolean parts = true;
    /** What is said at the start of each watch. */
    volatile String greeting = ": hello\n\n";

    private final List<HttpServerRequest> open = new ArrayList<>();
    private final HttpServer server;

    FakeControl(Vertx vertx) throws Exception {
        server = vertx.createHttpServer().requestHandler(this::handle);
        await(server.listen(0, "127.0.0.1"));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** Says something to everybody who watches. */
    void say(String text) {
        synchronized (open) {
            open.forEach(request -> request.response().write(text));
        }
    }

    /** Cuts every watch without an end. */
    void cut() {
        synchronized (open) {
            open.forEach(request -> request.connection().close());
            open.clear();
        }
    }

    void close() throws Exception {
        await(server.close());
    }

    private void handle(HttpServerRequest request) {
        if (request.path().endsWith("/report")) {
            request.body().onSuccess(body -> {
                reports.add(body.toJsonObject().put("path", request.path()));
                request.response().end("{}");
            });
            return;
        }
        if (request.method().equals(HttpMethod.POST)) {
            request.body().onSuccess(body -> {
                interests.add(body.toJsonObject());
                if (parts) {
                    watch(request);
                } else {
                    request.response().setStatusCode(405).end();
                }
            });
            return;
        }
        watch(request);
    }

    private void watch(HttpServerRequest request) {
        synchronized (open) { // what a test says once it sees the watch comes behind the greeting
            watches.add(request.query());
            tokens.add(String.valueOf(request.getHeader("authorization")));
            request.response().setStatusCode(status).setChunked(true);
            if (status == 200) {
                open.add(request);
                request.response().write(greeting);
            } else {
                request.response().end();
            }
        }
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
