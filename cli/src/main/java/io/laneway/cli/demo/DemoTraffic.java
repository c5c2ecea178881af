package io.laneway.cli.demo;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests of many tenants through the demo's edge, some of them for a lane, a few for one that fails or that is not
 * there: so that there is something to see. Safe for many threads; starting and closing block.
 */
final class DemoTraffic implements AutoCloseable {

    private static final int EVERY_MS = 40;
    private static final int MOST_IN_FLIGHT = 64;
    private static final int TENANTS = 200;
    private static final int HUNDRED = 100;

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final HttpClient client;
    private final int edge;
    private final Random random;
    /** Of the loop. */
    private long timer;

    private final AtomicInteger inFlight = new AtomicInteger();

    /** What of a hundred requests is for a lane; the others name none. Immutable. */
    private record Part(int upTo, String lane, int failures) {}

    private static final Part[] PARTS = {
        new Part(15, "f-1", 0),
        new Part(25, "f-2", 8),
        new Part(31, "bg0-1", 0),
        new Part(34, "G0", 0),
        new Part(35, "gone", 0)
    };

    private DemoTraffic(int edge, Random random) {
        this.edge = edge;
        this.random = random;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(edge),
                new PoolOptions().setHttp1MaxSize(MOST_IN_FLIGHT));
    }

    /** Begins to send to an edge. */
    static DemoTraffic start(int edge, Random random) {
        return start(edge, random, EVERY_MS);
    }

    /** @param everyMs between two requests */
    static DemoTraffic start(int edge, Random random, int everyMs) {
        DemoTraffic traffic = new DemoTraffic(edge, random);
        traffic.loop.runOnContext(start -> traffic.timer = traffic.vertx.setPeriodic(everyMs, tick -> traffic.send()));
        return traffic;
    }

    private void send() {
        if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
            inFlight.decrementAndGet();
            return;
        }
        client.request(next())
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::end)
                .onComplete(done -> inFlight.decrementAndGet());
    }

    private RequestOptions next() {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setPort(edge)
                .setURI("/orders/" + random.nextInt(HUNDRED))
                .putHeader("x-tenant-id", "tenant-" + random.nextInt(TENANTS));
        int place = random.nextInt(HUNDRED);
        for (Part part : PARTS) {
            if (place < part.upTo()) {
                options.putHeader("trace-branch", part.lane());
                if (random.nextInt(HUNDRED) < part.failures()) {
                    options.putHeader(DemoService.FAIL, "B@" + part.lane());
                }
                break;
            }
        }
        return options;
    }

    /** No request begins after the timer is gone, so that none meets a closed client. */
    @Override
    public void close() {
        Promise<Void> last = Promise.promise();
        loop.runOnContext(end -> {
            vertx.cancelTimer(timer);
            last.complete();
        });
        last.future().await();
        vertx.close().await();
    }
}
