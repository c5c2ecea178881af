package io.laneway.control.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer. Immutable. */
public record Reply(int status, String type, Buffer body, Map<String, String> headers) {

    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply json(int status, JsonObject body) {
        return new Reply(status, JSON, body.toBuffer(), Map.of());
    }

    public static Reply json(JsonObject body) {
        return json(200, body);
    }

    /** JSON that is written already. */
    public static Reply json(String text) {
        return new Reply(200, JSON, Buffer.buffer(text), Map.of());
    }

    public static Reply text(String type, String text) {
        return new Reply(200, type, Buffer.buffer(text), Map.of());
    }

    public Reply with(int otherStatus) {
        return new Reply(otherStatus, type, body, headers);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.put(header, value);
        return new Reply(status, type, body, all);
    }
}
