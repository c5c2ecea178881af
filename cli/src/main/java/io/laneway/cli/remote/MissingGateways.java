package io.laneway.cli.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The gateways that did not answer a question, as documents of the control API name them. Stateless. */
public final class MissingGateways {

    private MissingGateways() {}

    /** A line for each: which one, and why. */
    public static List<String> lines(JsonObject document) {
        return document.getJsonArray("missing", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(one -> one.getString("gateway", "-") + " " + one.getString("why", "-"))
                .toList();
    }
}
