package io.laneway.router.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Walks a document beside its JSON Schema: every member of every object, with what the schema says of it. */
final class Places {

    /**
     * A member of an object in a document.
     *
     * @param path   such as {@code services[0].policy.retries.max}
     * @param of     the schema of the object, resolved
     * @param schema the schema of the member, as it is written, so that a reference keeps its name
     */
    record Place(String path, String pointer, String key, JsonNode of, JsonNode schema) {
        @Override
        public String toString() {
            return path;
        }

        /** The object that has the member, in a copy of the document. */
        ObjectNode in(JsonNode document) {
            return (ObjectNode) document.at(pointer);
        }

        String objectPath() {
            return path.length() == key.length() ? "" : path.substring(0, path.length() - key.length() - 1);
        }
    }

    private final JsonNode root;
    private final List<Place> found = new ArrayList<>();

    private Places(JsonNode root) {
        this.root = root;
    }

    /** All places of a document that has one alternative of each {@code oneOf}. */
    static List<Place> of(JsonNode schema, JsonNode document) {
        Places places = new Places(schema);
        places.walk(document, schema, "", "");
        return places.found;
    }

    private void walk(JsonNode node, JsonNode written, String path, String pointer) {
        JsonNode schema = alternative(node, written);
        if (node instanceof ObjectNode object && schema.has("properties")) {
            object.properties().forEach(member -> {
                String key = member.getKey();
                String deeper = path.isEmpty() ? key : path + "." + key;
                JsonNode property = schema.get("properties").get(key);
                found.add(new Place(deeper, pointer, key, schema, property));
                walk(member.getValue(), property, deeper, pointer + "/" + key);
            });
        } else if (node instanceof ArrayNode array && schema.has("items")) {
            for (int i = 0; i < array.size(); i++) {
                walk(array.get(i), schema.get("items"), path + "[" + i + "]", pointer + "/" + i);
            }
        }
    }

    /** The schema without references, and of several the one that such a node has. */
    private JsonNode alternative(JsonNode node, JsonNode schema) {
        if (schema.has("$ref")) {
            return alternative(node, root.at(schema.get("$ref").asText().substring(1)));
        }
        for (JsonNode one : schema.path("oneOf")) {
            JsonNode resolved = alternative(node, one);
            boolean object = node.isObject() && resolved.path("properties").has(firstKey(node));
            if (object || (node.isArray() && resolved.has("items"))) {
                return resolved;
            }
        }
        return schema;
    }

    private static String firstKey(JsonNode node) {
        return node.isEmpty() ? "" : node.fieldNames().next();
    }
}
