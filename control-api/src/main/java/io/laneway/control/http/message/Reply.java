package io.laneway.control.http.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response, before it is sent. Immutable.
 *
 * @param file what is sent in place of the body, and deleted once it is sent or cannot be; null for none
 */
public record Reply(
        int status,
        String type,
        Buffer body,
        Map<String, String> headers,
        @Nullable Path file) {

    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";

    public Reply {
        headers = Map.copyOf(headers);
    }

    public Reply(int status, String type, Buffer body, Map<String, String> headers) {
        this(status, type, body, headers, null);
    }

    /** A file that is deleted once it is sent, or cannot be. */
    public static Reply file(String type, Path file) {
        return new Reply(200, type, Buffer.buffer(), Map.of(), file);
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
        return new Reply(otherStatus, type, body, headers, file);
    }

    Reply with(Buffer other) {
        return new Reply(status, type, other, headers, file);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new java.util.TreeMap<>(headers);
        all.put(header, value);
        return new Reply(status, type, body, all, file);
    }
}
