package io.laneway.router.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents that a JSON Schema describes, made from it: every key that it has, one alternative of each {@code oneOf}. */
final class SchemaSamples {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern KEY =
            Pattern.compile("(?:fields\\.\\w+|Key\\.\\w+|timeout|limit|off|slots)\\(\\s*(?:fields, )?\"(\\w[\\w-]*)\"");

    private final JsonNode schema;
    private final int alternative;

    private SchemaSamples(JsonNode schema, int alternative) {
        this.schema = schema;
        this.alternative = alternative;
    }

    static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document with every key; of each {@code oneOf} the given alternative, or the last where there are fewer. */
    static JsonNode largest(JsonNode schema, int alternative) {
        return new SchemaSamples(schema, alternative).sample(schema);
    }

    private JsonNode sample(JsonNode at) {
        if (at.has("$ref")) {
            return sample(schema.at(at.get("$ref").asText().substring(1)));
        }
        if (at.has("oneOf") && !at.has("properties")) {
            JsonNode all = at.get("oneOf");
            return sample(all.get(Math.min(alternative, all.size() - 1)));
        }
        if (at.has("const")) {
            return at.get("const");
        }
        if (at.has("enum")) {
            return at.get("enum").get(0);
        }
        return switch (at.get("type").asText()) {
            case "object" -> object(at);
            case "array" -> array(at);
            case "integer" -> NODES.numberNode(at.path("minimum").asInt(1));
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            default -> NODES.textNode(text(at));
        };
    }

    private ObjectNode object(JsonNode at) {
        ObjectNode object = NODES.objectNode();
        at.path("properties").properties().forEach(member -> object.set(member.getKey(), sample(member.getValue())));
        return object;
    }

    private ArrayNode array(JsonNode at) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < Math.max(1, at.path("minItems").asInt(1)); i++) {
            array.add(sample(at.get("items")));
        }
        return array;
    }

    private static String text(JsonNode at) {
        String pattern = at.path("pattern").asText();
        if (pattern.contains("ms|s")) {
            return "5s";
        }
        return pattern.contains("%") ? "20%" : "a";
    }

    /** Every name of a property in a schema. */
    static Set<String> names(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        schema.forEach(child -> names.addAll(names(child)));
        return names;
    }

    /** Every key that the readers in a folder of sources ask for, save those of a folder in it, if any is given. */
    static Set<String> readersKeys(Path sources, @Nullable Path except) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(
                            each -> each.toString().endsWith("Form.java") || each.endsWith("TableReader.java"))
                    .filter(each -> except == null || !each.startsWith(except))
                    .toList()) {
                Matcher key = KEY.matcher(Files.readString(file));
                while (key.find()) {
                    keys.add(key.group(1));
                }
            }
        }
        return keys;
    }
}
