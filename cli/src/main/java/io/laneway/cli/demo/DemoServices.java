package io.laneway.cli.demo;

import io.laneway.cli.demo.DemoTable.Place;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** All deployments of the demo's services, in one process. Safe for many threads; starting and closing block. */
final class DemoServices implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger outbound = new AtomicInteger();
    private final List<Place> places = new ArrayList<>();

    private DemoServices() {}

    /** Starts them all. They answer once they know where to {@linkplain #callThrough call each other}. */
    static DemoServices start(int firstPort) {
        DemoServices services = new DemoServices();
        try {
            for (Place place : DemoTable.places(firstPort)) {
                services.places.add(services.start(place));
            }
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
        return services;
    }

    private Place start(Place place) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(64));
        int next = DemoTable.SERVICES.indexOf(place.service()) + 1;
        HttpServer server = DemoService.start(
                        vertx,
                        client,
                        place.service(),
                        place.lane(),
                        next < DemoTable.SERVICES.size() ? DemoTable.SERVICES.get(next) : null,
                        place.port(),
                        outbound::get)
                .await();
        return new Place(place.service(), place.lane(), server.actualPort());
    }

    /** Where they run. */
    List<Place> places() {
        return places;
    }

    /** The port of the gateway's internal listener. */
    void callThrough(int port) {
        outbound.set(port);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
