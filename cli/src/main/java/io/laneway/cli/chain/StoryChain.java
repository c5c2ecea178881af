package io.laneway.cli.chain;

import io.laneway.replay.chain.Chain;
import io.laneway.replay.chain.Hop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The chain of the hops that gateways keep of a request. Stateless. */
final class StoryChain {

    private StoryChain() {}

    /** The chain of the document of {@code GET /v1/requests/{id}}. */
    static Chain of(JsonObject document) {
        List<Hop> hops = new ArrayList<>();
        for (Object hop : document.getJsonArray("hops", new JsonArray())) {
            if (hop instanceof JsonObject record) {
                hops.add(hop(record));
            }
        }
        return Chain.of(hops);
    }

    private static Hop hop(JsonObject record) {
        return new Hop(
                text(record, "gateway"),
                text(record, "service"),
                text(record, "lane"),
                text(record, "method"),
                text(record, "path"),
                (int) number(record, "response_code"),
                text(record, "grpc_status"),
                text(record, "response_flags"),
                text(record, "upstream_host"),
                start(record),
                Duration.ofNanos((long) (Math.max(0, number(record, "duration")) * 1e6)),
                (int) number(record, "hop"),
                text(record, "parent_id"),
                spans(record));
    }

    private static Instant start(JsonObject record) {
        try {
            return Instant.parse(text(record, "start_time"));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static Set<String> spans(JsonObject record) {
        Set<String> spans = new HashSet<>();
        spans.add(text(record, "span_id"));
        if (record.getValue("attempts") instanceof JsonArray attempts) {
            for (Object one : attempts) {
                if (one instanceof JsonObject attempt) {
                    spans.add(text(attempt, "span_id"));
                }
            }
        }
        spans.remove("");
        return spans;
    }

    private static String text(JsonObject record, String field) {
        Object value = record.getValue(field);
        return value == null ? "" : String.valueOf(value);
    }

    private static double number(JsonObject record, String field) {
        return record.getValue(field) instanceof Number number ? number.doubleValue() : 0;
    }
}
