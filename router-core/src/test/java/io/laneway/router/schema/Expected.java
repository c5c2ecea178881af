package io.laneway.router.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader says of a wrong value, told from the JSON Schema of its place alone. */
final class Expected {

    static final String TEXT_IN_QUOTES = "a text, in quotes";

    private Expected() {}

    /** What is there. */
    static String described(JsonNode value) {
        if (value.isNumber()) {
            return "the number " + value.asText();
        }
        if (value.isBoolean()) {
            return "the boolean " + value.asText();
        }
        if (value.isTextual()) {
            return "'" + value.asText() + "'";
        }
        return value.isArray() ? "a list" : "a mapping";
    }

    /** What is expected instead; null where the value is of the kind that the place takes, or may be. */
    static @Nullable String of(JsonNode schema, JsonNode value) {
        String reference = schema.path("$ref").asText();
        return switch (reference.substring(reference.lastIndexOf('/') + 1)) {
            case "" -> ofPlain(schema, value);
            case "Duration" -> written(value, "a number and ms, s, m, h or d, such as 500ms or 15m");
            case "Share" -> written(value, "a percentage such as 20% or 12.5%");
            case "Size" -> written(value, "a number and B, KiB, MiB or GiB, such as 64KiB or 10MiB");
            case "Percent" -> "a whole percentage from 0% to 100%";
            case "Balancer" ->
                value.isValueNode() ? "least-request, round-robin or {ring-hash: {header: <name>}}" : ofMapping(value);
            case "HashKey" -> value.isValueNode() ? "{header: <name>}, {cookie: <name>} or source" : ofMapping(value);
            case "Endpoint" -> value.isTextual() ? null : ofMapping(value);
            default -> ofMapping(value);
        };
    }

    private static @Nullable String ofMapping(JsonNode value) {
        return value.isObject() ? null : "a mapping";
    }

    private static @Nullable String ofPlain(JsonNode schema, JsonNode value) {
        if (schema.has("oneOf")) {
            return of(schema.get("oneOf").get(1), value);
        }
        if (schema.has("enum")) {
            return oneOf(schema.get("enum"));
        }
        if (schema.has("const")) {
            return "a whole number from " + schema.get("const") + " to " + schema.get("const");
        }
        return switch (schema.get("type").asText()) {
            case "string" ->
                schema.has("format") ? "a time such as 2026-12-01T00:00:00Z" : value.isTextual() ? null : text(value);
            case "boolean" -> value.isBoolean() ? null : "true or false";
            case "integer" -> isWithin(schema, value) ? null : range(schema);
            case "array" -> value.isArray() ? null : "a list";
            default -> ofMapping(value);
        };
    }

    /** What is expected where a required key is missing. */
    static String missing(JsonNode schema) {
        if (schema.path("$ref").asText().endsWith("/Share")) {
            return "a percentage such as 20%";
        }
        if (schema.path("format").asText().equals("date-time")) {
            return "a time such as 2026-12-01T00:00:00Z";
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> range(schema);
            case "boolean" -> "true or false";
            default -> "a text";
        };
    }

    private static @Nullable String written(JsonNode value, String form) {
        return value.isTextual() ? null : value.isValueNode() ? form : "a text";
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? TEXT_IN_QUOTES : "a text";
    }

    private static boolean isWithin(JsonNode schema, JsonNode value) {
        return value.isIntegralNumber()
                && value.asLong() >= schema.get("minimum").asLong()
                && value.asLong() <= schema.path("maximum").asLong(Long.MAX_VALUE);
    }

    private static String range(JsonNode schema) {
        long max = schema.path("maximum").asLong(Long.MAX_VALUE);
        boolean open = max >= Integer.MAX_VALUE;
        String from = "a whole number " + (open ? ">= " : "from ") + schema.get("minimum");
        return open ? from : from + " to " + max;
    }

    private static String oneOf(JsonNode words) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(word.asText()));
        return "one of " + String.join(", ", all);
    }
}
