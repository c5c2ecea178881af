package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks a document as Envoy writes it: keys in {@code snake_case}, or in {@code camelCase} as protobuf's JSON has it. */
final class Tree {

    private Tree() {}

    /** The node below these keys, null if there is none. */
    static @Nullable Node at(@Nullable Node node, String... keys) {
        Node now = node;
        for (String key : keys) {
            if (!(now instanceof Mapping mapping)) {
                return null;
            }
            Node member = mapping.members().get(key);
            now = member == null ? mapping.members().get(camel(key)) : member;
        }
        return now;
    }

    /** The items of a list below these keys, empty if there is none. */
    static List<Node> items(@Nullable Node node, String... keys) {
        return at(node, keys) instanceof Sequence sequence ? sequence.items() : List.of();
    }

    /** A text or number below these keys, null if there is none. */
    static @Nullable String text(@Nullable Node node, String... keys) {
        return at(node, keys) instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL ? scalar.text() : null;
    }

    /** A number below these keys, or the fallback. */
    static int number(@Nullable Node node, int fallback, String... keys) {
        String text = text(node, keys);
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : fallback;
    }

    /** The keys of a mapping but some, in {@code snake_case}. */
    static Set<String> keysBut(@Nullable Node node, Set<String> known) {
        Set<String> keys = new TreeSet<>();
        if (node instanceof Mapping mapping) {
            mapping.members().keySet().forEach(key -> keys.add(snake(key)));
        }
        keys.removeAll(known);
        return keys;
    }

    /** Gives every mapping that has a key to the consumer, the outer ones first. */
    static void each(Node node, String key, Consumer<Mapping> found) {
        if (node instanceof Mapping mapping) {
            if (at(mapping, key) != null) {
                found.accept(mapping);
            }
            mapping.members().values().forEach(member -> each(member, key, found));
        } else if (node instanceof Sequence sequence) {
            sequence.items().forEach(item -> each(item, key, found));
        }
    }

    /** The keys and nodes of a mapping, empty for anything else. */
    static List<Map.Entry<String, Node>> members(@Nullable Node node) {
        return node instanceof Mapping mapping
                ? new ArrayList<>(mapping.members().entrySet())
                : List.of();
    }

    static String snake(String key) {
        return key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }

    private static String camel(String key) {
        StringBuilder camel = new StringBuilder();
        boolean up = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }
}
