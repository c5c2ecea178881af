package io.laneway.cli.demo;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A service whose responses are a little different each time (a time, an identifier, a list in any order), with a fault
 * in lane {@value #LANE}: its prices are in cents. Safe for many threads; starting and closing block.
 */
final class DemoOrders implements AutoCloseable {

    static final String SERVICE = "orders";
    static final String LANE = "f-1";

    /** Where the fault is, as a comparison names it. */
    static final String FAULT = "body.price";

    private final Vertx vertx = Vertx.vertx();
    private final Random chance = new Random();
    private final int base = listen(1);
    private final int lane = listen(100);

    private int listen(int factor) {
        return vertx.createHttpServer()
                .requestHandler(request -> respond(request, factor))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void respond(HttpServerRequest request, int factor) {
        int id = Math.floorMod(request.path().hashCode(), 90);
        List<String> tags = new ArrayList<>(List.of("new", "paid", "gift"));
        Collections.shuffle(tags, chance);
        JsonObject order = new JsonObject()
                .put("order", id)
                .put("price", (999 + id) * factor / 100.0)
                .put("tags", new JsonArray(tags))
                .put("at", Instant.now().toString())
                .put("trace", UUID.randomUUID().toString());
        request.response().putHeader("content-type", "application/json").end(order.encode());
    }

    /** The service as the table has it. */
    JsonObject form() {
        return new JsonObject()
                .put("name", SERVICE)
                .put(
                        "deployments",
                        new JsonArray().add(deployment("master", base)).add(deployment(LANE, lane)));
    }

    private static JsonObject deployment(String lane, int port) {
        return new JsonObject()
                .put("lane", lane)
                .put("protocol", "http1")
                .put("endpoints", new JsonArray().add("127.0.0.1:" + port));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
