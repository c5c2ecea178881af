package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the definitions of custom resources make of objects: fields that no schema knows are dropped, defaults set, and what a
 * schema does not allow is refused. Safe for many threads.
 */
final class Schemas {

    private final JsonNode kinds;
    private final JsonNode types;

    /** Of each kind whether its spec is checked: false for objects of a later version than the schema's. */
    private volatile boolean specs = true;

    private Schemas(JsonNode document) {
        kinds = document.get("kinds");
        types = document.get("types");
    }

    /** The Gateway API's. */
    static Schemas ofGatewayApi() {
        try (InputStream in =
                Objects.requireNonNull(Schemas.class.getResourceAsStream("/gateway-api/schemas.yaml"), "schemas")) {
            return new Schemas(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes specs as they are from now on, as a cluster with a later version of the definitions would. */
    void takeEverySpec() {
        specs = false;
    }

    boolean knows(String plural) {
        return kinds.has(plural);
    }

    /** Drops what is not known and sets defaults. */
    void complete(String plural, ObjectNode object) {
        kinds.path(plural).properties().forEach(part -> {
            if (part.getKey().equals("spec") && !specs) {
                return;
            }
            JsonNode schema = type(part.getValue());
            if (!object.has(part.getKey()) && schema.has("default")) {
                object.set(part.getKey(), schema.get("default").deepCopy());
            }
            if (object.has(part.getKey())) {
                complete(schema, object.get(part.getKey()));
            }
        });
    }

    /** Refuses an object that breaks a rule, with all that is wrong. */
    void check(String plural, ObjectNode object) {
        List<String> wrong = new ArrayList<>();
        kinds.path(plural).properties().forEach(part -> {
            if (part.getKey().equals("spec") && !specs) {
                return;
            }
            JsonNode value = object.get(part.getKey());
            if (value == null && part.getKey().equals("spec")) {
                wrong.add("spec: Required value");
            } else if (value != null) {
                check(part.getKey(), type(part.getValue()), value, wrong);
            }
        });
        if (!wrong.isEmpty()) {
            throw new Refusal(422, "Invalid", String.join(", ", wrong));
        }
    }

    private JsonNode type(JsonNode name) {
        return Objects.requireNonNull(types.get(name.asText()), name.asText());
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("use") ? type(schema.get("use")) : schema;
    }

    private static @Nullable JsonNode byDefault(JsonNode use, JsonNode schema) {
        return use.has("default") ? use.get("default") : schema.get("default");
    }

    private void complete(JsonNode schema, JsonNode value) {
        if (value instanceof ArrayNode list) {
            JsonNode items = resolved(schema.path("items"));
            list.forEach(one -> complete(items, one));
        } else if (value instanceof ObjectNode object && schema.has("properties")) {
            Set<String> unknown = new HashSet<>();
            object.fieldNames().forEachRemaining(unknown::add);
            schema.get("properties").properties().forEach(one -> {
                unknown.remove(one.getKey());
                JsonNode inner = resolved(one.getValue());
                JsonNode otherwise = byDefault(one.getValue(), inner);
                if (!object.has(one.getKey()) && otherwise != null) {
                    object.set(one.getKey(), otherwise.deepCopy());
                }
                if (object.has(one.getKey())) {
                    complete(inner, object.get(one.getKey()));
                }
            });
            object.remove(unknown);
        }
    }

    private void check(String at, JsonNode schema, JsonNode value, List<String> wrong) {
        String type = schema.path("type").asText();
        if (!fits(type, value)) {
            wrong.add(at + ": Invalid value: " + value + ": must be of type " + type);
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            wrong.add(at + ": Unsupported value: " + value + ": supported values: " + schema.get("enum"));
        }
        switch (type) {
            case "string" -> text(at, schema, value.asText(), wrong);
            case "integer" -> {
                long number = value.asLong();
                if (number < schema.path("minimum").asLong(Long.MIN_VALUE)
                        || number > schema.path("maximum").asLong(Long.MAX_VALUE)) {
                    wrong.add(at + ": Invalid value: " + number + ": out of range");
                }
            }
            case "array" -> list(at, schema, value, wrong);
            case "object" -> object(at, schema, value, wrong);
            default -> {}
        }
        if (wrong.isEmpty()) {
            for (JsonNode rule : schema.path("rules")) {
                String problem = SchemaRules.problem(rule.asText(), value);
                if (problem != null) {
                    wrong.add(at + ": Invalid value: " + value + ": " + problem);
                }
            }
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode one : list) {
            if (one.asText().equals(value.asText())) {
                return true;
            }
        }
        return false;
    }

    private static void text(String at, JsonNode schema, String text, List<String> wrong) {
        if (text.length() < schema.path("minLength").asInt(0)
                || text.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            wrong.add(at + ": Invalid value: \"" + text + "\": length " + text.length());
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asText())
                        .matcher(text)
                        .find()) {
            wrong.add(at + ": Invalid value: \"" + text + "\": should match '"
                    + schema.get("pattern").asText() + "'");
        }
        if (schema.path("format").asText().equals("date-time")) {
            try {
                Instant.parse(text);
            } catch (DateTimeParseException e) {
                wrong.add(at + ": Invalid value: \"" + text + "\": must be of type date-time");
            }
        }
    }

    private void list(String at, JsonNode schema, JsonNode list, List<String> wrong) {
        if (list.size() < schema.path("minItems").asInt(0)
                || list.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            wrong.add(at + ": Invalid value: " + list.size() + " items");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode one = list.get(i);
            check(at + "[" + i + "]", resolved(schema.get("items")), one, wrong);
            StringBuilder key = new StringBuilder();
            schema.path("keys")
                    .forEach(name -> key.append(one.get(name.asText())).append('\n'));
            if (schema.has("keys") && !seen.add(key.toString())) {
                wrong.add(at + "[" + i + "]: Duplicate value: " + key.toString().strip());
            }
        }
    }

    private void object(String at, JsonNode schema, JsonNode object, List<String> wrong) {
        if (object.size() > schema.path("maxProperties").asInt(Integer.MAX_VALUE)) {
            wrong.add(at + ": Too many: " + object.size());
        }
        for (JsonNode name : schema.path("required")) {
            if (!object.has(name.asText())) {
                wrong.add(at + "." + name.asText() + ": Required value");
            }
        }
        object.properties().forEach(one -> {
            JsonNode inner = schema.path("properties").get(one.getKey());
            if (inner != null) {
                check(at + "." + one.getKey(), resolved(inner), one.getValue(), wrong);
            } else if (schema.has("any")) {
                check(at + "." + one.getKey(), resolved(schema.get("any")), one.getValue(), wrong);
            }
        });
    }
}
