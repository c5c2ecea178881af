package io.laneway.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A table of 800 services and 6 000 lanes with 30 000 deployments. */
public final class LargeTable {

    public static final int SERVICES = 800;
    public static final int LANES = 6_000;
    static final int DEPLOYMENTS = 30_000;

    private LargeTable() {}

    public static String json() {
        JsonArray lanes = new JsonArray();
        for (int i = 0; i < LANES; i++) {
            lanes.add(new JsonObject().put("name", "f-" + i));
        }
        JsonArray services = new JsonArray();
        int lane = 0;
        for (int s = 0; s < SERVICES; s++) {
            JsonArray deployments = new JsonArray().add(deployment("master", s, 0));
            int own = DEPLOYMENTS / SERVICES - 1 + (s < DEPLOYMENTS % SERVICES ? 1 : 0);
            for (int d = 0; d < own; d++) {
                deployments.add(deployment("f-" + (lane++ % LANES), s, d + 1));
            }
            services.add(new JsonObject()
                    .put("name", "service-" + s)
                    .put("hosts", new JsonArray().add("service-" + s + ".example.com"))
                    .put("deployments", deployments));
        }
        return new JsonObject().put("lanes", lanes).put("services", services).encode();
    }

    private static JsonObject deployment(String lane, int service, int number) {
        return new JsonObject()
                .put("lane", lane)
                .put(
                        "endpoints",
                        new JsonArray().add("10." + service / 256 + "." + service % 256 + "." + number + ":80"));
    }
}
