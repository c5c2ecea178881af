package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/**
 * The ways in which an API server merges a patch into an object: JSON patch (RFC 6902), JSON merge patch (RFC 7386), and
 * strategic merge, where the ports of a Service are a list by {@code port}. Pure.
 */
final class Merges {

    private static final Map<String, String> KEYS = Map.of("ports", "port", "ownerReferences", "uid");

    private Merges() {}

    static void json(ObjectNode object, JsonNode operations) {
        for (JsonNode operation : operations) {
            String path = operation.get("path").asText();
            int slash = path.lastIndexOf('/');
            JsonNode parent = object.at(path.substring(0, slash));
            String last = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
            String op = operation.get("op").asText();
            if (op.equals("test")) {
                if (!Objects.equals(object.at(path), operation.get("value"))) {
                    throw new Refusal(422, "Invalid", "the test of " + path + " failed");
                }
            } else if (parent instanceof ArrayNode array) {
                array(array, last, op, operation.get("value"));
            } else if (!(parent instanceof ObjectNode fields)) {
                throw new Refusal(422, "Invalid", "no " + path);
            } else if (op.equals("remove")) {
                fields.remove(last);
            } else {
                fields.set(last, operation.get("value"));
            }
        }
    }

    private static void array(ArrayNode array, String last, String op, JsonNode value) {
        if (last.equals("-")) {
            array.add(value);
        } else if (op.equals("remove")) {
            array.remove(Integer.parseInt(last));
        } else if (op.equals("replace")) {
            array.set(Integer.parseInt(last), value);
        } else {
            array.insert(Integer.parseInt(last), value);
        }
    }

    static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(one -> {
            JsonNode old = into.get(one.getKey());
            if (one.getValue().isNull()) {
                into.remove(one.getKey());
            } else if (one.getValue().isObject()) {
                ObjectNode child = old instanceof ObjectNode object ? object : into.objectNode();
                merge(child, one.getValue());
                into.set(one.getKey(), child);
            } else {
                into.set(one.getKey(), one.getValue());
            }
        });
    }

    static void strategic(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(one -> {
            String key = one.getKey();
            JsonNode old = into.get(key);
            if (key.startsWith("$")) {
                return;
            }
            if (one.getValue().isNull()) {
                into.remove(key);
            } else if (one.getValue().isObject()) {
                ObjectNode child = old instanceof ObjectNode object ? object : into.objectNode();
                strategic(child, one.getValue());
                into.set(key, child);
            } else if (one.getValue() instanceof ArrayNode list && KEYS.containsKey(key)) {
                ArrayNode now = old instanceof ArrayNode array ? array : into.arrayNode();
                list.forEach(item -> item(now, item, KEYS.get(key)));
                into.set(key, ordered(now, patch.get("$setElementOrder/" + key), KEYS.get(key)));
            } else {
                into.set(key, one.getValue());
            }
        });
    }

    private static void item(ArrayNode list, JsonNode item, String key) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).get(key).equals(item.get(key))) {
                if (item.path("$patch").asText().equals("delete")) {
                    list.remove(i);
                } else {
                    strategic((ObjectNode) list.get(i), item);
                }
                return;
            }
        }
        if (!item.has("$patch")) {
            list.add(item);
        }
    }

    private static ArrayNode ordered(ArrayNode list, JsonNode order, String key) {
        if (order == null) {
            return list;
        }
        ArrayNode sorted = list.arrayNode();
        order.forEach(one -> list.forEach(item -> {
            if (item.get(key).equals(one.get(key))) {
                sorted.add(item);
            }
        }));
        list.forEach(item -> {
            boolean named = false;
            for (JsonNode one : order) {
                named |= item.get(key).equals(one.get(key));
            }
            if (!named) {
                sorted.add(item);
            }
        });
        return sorted;
    }
}
