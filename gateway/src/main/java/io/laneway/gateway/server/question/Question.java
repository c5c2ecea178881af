package io.laneway.gateway.server.question;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question of the control API. Immutable, but for its filter, which is only read.
 *
 * @param filter what is asked, by kind
 * @param until  when it is over at the latest, by the clock of the control API
 */
record Question(String id, String kind, JsonObject filter, Instant until) {

    private static final int MAX_ID = 100;

    /** Reads the data of an event; null if it is no question. What else a newer control API says is ignored. */
    static @Nullable Question read(byte[] data) {
        try {
            JsonObject json = new JsonObject(new String(data, StandardCharsets.UTF_8));
            String id = json.getString("id", "");
            String kind = json.getString("kind", "");
            boolean named = !id.isEmpty() && id.length() <= MAX_ID && !kind.isEmpty();
            return named
                    ? new Question(
                            id,
                            kind,
                            json.getJsonObject("filter", new JsonObject()),
                            Instant.parse(json.getString("until", "")))
                    : null;
        } catch (DecodeException | ClassCastException | DateTimeException e) {
            return null;
        }
    }
}
