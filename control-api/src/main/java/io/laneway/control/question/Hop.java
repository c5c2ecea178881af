package io.laneway.control.question;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as one gateway saw it. Immutable.
 *
 * @param record as the gateway keeps it
 */
record Hop(String gateway, JsonObject record) {

    /** When its head began to arrive, by the clock of its gateway. */
    Instant started() {
        try {
            return record.getValue("start_time") instanceof String text ? Instant.parse(text) : Instant.EPOCH;
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** How long the endpoint took until the head of its response, in ms; -1 if there was none. */
    double waited() {
        return record.getValue("upstream_service_time") instanceof Number millis ? millis.doubleValue() : -1;
    }

    /** How many of our gateways it passed before this one, as far as it was carried on. */
    int passed() {
        return record.getValue("hop") instanceof Number number ? number.intValue() : 0;
    }

    /** The span that it was sent by, null if it came without one. */
    @Nullable
    String parent() {
        return record.getValue("parent_id") instanceof String text ? text : null;
    }

    /** The spans of this hop: its own, and one for each attempt. */
    Set<String> spans() {
        Set<String> spans = new HashSet<>();
        add(spans, record.getValue("span_id"));
        if (record.getValue("attempts") instanceof JsonArray attempts) {
            for (Object one : attempts) {
                if (one instanceof JsonObject attempt) {
                    add(spans, attempt.getValue("span_id"));
                }
            }
        }
        return spans;
    }

    private static void add(Set<String> spans, @Nullable Object span) {
        if (span instanceof String text && !text.isEmpty()) {
            spans.add(text);
        }
    }

    /** As the API shows it: the gateway first. */
    JsonObject json() {
        return new JsonObject().put("gateway", gateway).mergeIn(record).put("gateway", gateway);
    }
}
