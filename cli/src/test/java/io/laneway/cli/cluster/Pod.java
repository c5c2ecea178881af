package io.laneway.cli.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pod that answers with its lane and the protocol it was asked in. A request for {@code /slow} waits until released.
 * Safe for many threads.
 */
final class Pod {

    private final String lane;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();

    Pod(Vertx vertx, String lane) {
        this.lane = lane;
        this.server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
    }

    private void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        if (request.path().equals("/slow")) {
            waiting.add(request);
        } else {
            end(request);
        }
    }

    private void end(HttpServerRequest request) {
        request.response().end(lane + (request.version() == HttpVersion.HTTP_2 ? " h2c" : " http1"));
    }

    int port() {
        return server.actualPort();
    }

    /** How many requests have come. */
    int requests() {
        return requests.get();
    }

    /** How many requests wait to be released. */
    int waiting() {
        return waiting.size();
    }

    /** Answers what waits. */
    void release() {
        waiting.forEach(this::end);
        waiting.clear();
    }
}
