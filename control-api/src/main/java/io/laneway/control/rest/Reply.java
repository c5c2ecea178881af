package io.laneway.control.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer. Immutable. */
record Reply(int status, String type, Buffer body, Map<String, String> headers) {

    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, JsonObject body) {
        return new Reply(status, JSON, body.toBuffer(), Map.of());
    }

    static Reply json(JsonObject body) {
        return json(200, body);
    }

    /** JSON that is written already. */
    static Reply json(String text) {
        return new Reply(200, JSON, Buffer.buffer(text), Map.of());
    }

    static Reply text(String type, String text) {
        return new Reply(200, type, Buffer.buffer(text), Map.of());
    }

    Reply with(int otherStatus) {
        return new Reply(otherStatus, type, body, headers);
    }

    Reply with(String header, String value) {
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.put(header, value);
        return new Reply(status, type, body, all);
    }
}
