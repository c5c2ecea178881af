package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who owns which field of an object, as {@code metadata.managedFields} has it, and what server-side apply makes of that. A
 * Service's selector is one field, its ports are a list by port and protocol. Pure.
 */
final class FieldManagers {

    private FieldManagers() {}

    /** The leaves of what managers own: labels, annotations and spec, by path. */
    static Map<String, JsonNode> leaves(JsonNode object) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        for (String map : List.of("labels", "annotations")) {
            object.path("metadata")
                    .path(map)
                    .properties()
                    .forEach(one -> leaves.put(path("f:metadata", "f:" + map, "f:" + one.getKey()), one.getValue()));
        }
        object.path("spec").properties().forEach(one -> {
            if (one.getKey().equals("ports")) {
                one.getValue()
                        .forEach(port -> port.properties()
                                .forEach(field -> leaves.put(
                                        path("f:spec", "f:ports", key(port), "f:" + field.getKey()),
                                        field.getValue())));
            } else {
                leaves.put(path("f:spec", "f:" + one.getKey()), one.getValue());
            }
        });
        return leaves;
    }

    static String key(JsonNode port) {
        return "k:{\"port\":" + port.get("port").asInt() + ",\"protocol\":\""
                + port.path("protocol").asText("TCP") + "\"}";
    }

    private static String path(String... segments) {
        return String.join("\u0001", segments);
    }

    /** A write that is no apply: what it changed is its manager's, and no other's. */
    static void update(JsonNode before, ObjectNode after, String manager) {
        Map<String, JsonNode> old = leaves(before);
        Map<String, JsonNode> now = leaves(after);
        Set<String> changed = new TreeSet<>();
        now.forEach((path, value) -> {
            if (!value.equals(old.get(path))) {
                changed.add(path);
            }
        });
        Map<String, Set<String>> owned = owned(after);
        owned.values().forEach(paths -> {
            paths.removeAll(changed);
            paths.retainAll(now.keySet());
        });
        owned.computeIfAbsent(manager + "\u0002Update", any -> new TreeSet<>()).addAll(changed);
        write(after, owned);
    }

    /** Applies a manager's manifest to an object; refused where it changes what another owns, unless forced. */
    static void apply(ObjectNode object, JsonNode manifest, String manager, boolean force) {
        Map<String, JsonNode> wanted = leaves(manifest);
        Map<String, JsonNode> live = leaves(object);
        Map<String, Set<String>> owned = owned(object);
        String self = manager + "\u0002Apply";
        Set<String> before = owned.getOrDefault(self, Set.of());
        List<String> conflicts = new ArrayList<>();
        owned.forEach((other, paths) -> wanted.forEach((path, value) -> {
            if (!other.equals(self) && paths.contains(path) && !value.equals(live.get(path))) {
                conflicts.add("conflict with \"" + other.split("\u0002")[0] + "\": ." + path.replace('\u0001', '.'));
            }
        }));
        if (!conflicts.isEmpty() && !force) {
            throw new Refusal(409, "Conflict", "Apply failed with conflicts: " + conflicts);
        }
        owned.forEach((other, paths) -> {
            if (!other.equals(self)) {
                paths.removeIf(
                        path -> wanted.containsKey(path) && !wanted.get(path).equals(live.get(path)));
            }
        });
        Map<String, JsonNode> result = new TreeMap<>(live);
        before.stream()
                .filter(path -> !wanted.containsKey(path))
                .filter(path -> owned.entrySet().stream()
                        .noneMatch(one ->
                                !one.getKey().equals(self) && one.getValue().contains(path)))
                .forEach(result::remove);
        result.putAll(wanted);
        build(object, result);
        owned.put(self, new TreeSet<>(wanted.keySet()));
        write(object, owned);
    }

    private static void build(ObjectNode object, Map<String, JsonNode> leaves) {
        for (String map : List.of("labels", "annotations")) {
            ((ObjectNode) object.get("metadata")).remove(map);
        }
        ObjectNode spec = object.putObject("spec");
        Map<String, ObjectNode> ports = new TreeMap<>();
        leaves.forEach((path, value) -> {
            String[] at = path.split("\u0001");
            if (at[0].equals("f:metadata")) {
                ((ObjectNode) object.get("metadata"))
                        .withObjectProperty(at[1].substring(2))
                        .set(at[2].substring(2), value);
            } else if (at[1].equals("f:ports")) {
                ports.computeIfAbsent(at[2], any -> spec.objectNode()).set(at[3].substring(2), value);
            } else {
                spec.set(at[1].substring(2), value);
            }
        });
        // An item of which nothing but a stray field is left is no port that anybody asked for.
        if (!ports.isEmpty()) {
            ArrayNode list = spec.putArray("ports");
            ports.values().forEach(list::add);
        }
    }

    private static Map<String, Set<String>> owned(JsonNode object) {
        Map<String, Set<String>> owned = new TreeMap<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            Set<String> paths = new TreeSet<>();
            collect("", entry.path("fieldsV1"), paths);
            owned.put(
                    entry.path("manager").asText() + "\u0002"
                            + entry.path("operation").asText(),
                    paths);
        }
        return owned;
    }

    private static void collect(String prefix, JsonNode tree, Set<String> into) {
        tree.properties().forEach(one -> {
            String path = prefix.isEmpty() ? one.getKey() : prefix + "\u0001" + one.getKey();
            if (one.getValue().isEmpty()) {
                into.add(path);
            } else {
                collect(path, one.getValue(), into);
            }
        });
    }

    private static void write(ObjectNode object, Map<String, Set<String>> owned) {
        ArrayNode entries = object.arrayNode();
        owned.forEach((who, paths) -> {
            if (paths.isEmpty()) {
                return;
            }
            String[] parts = who.split("\u0002");
            ObjectNode entry = entries.addObject();
            entry.put("manager", parts[0]).put("operation", parts[1]).put("apiVersion", "v1");
            entry.put("fieldsType", "FieldsV1");
            ObjectNode tree = entry.putObject("fieldsV1");
            for (String path : new LinkedHashSet<>(paths)) {
                ObjectNode at = tree;
                for (String segment : path.split("\u0001")) {
                    at = at.withObjectProperty(segment);
                }
            }
        });
        ObjectNode meta = (ObjectNode) object.get("metadata");
        meta.remove("managedFields");
        if (!entries.isEmpty()) {
            meta.set("managedFields", entries);
        }
    }
}
