package io.laneway.k8s.imports.spring;

import io.laneway.k8s.imports.source.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A predicate or filter, written {@code Name=a,b} or with {@code name} and {@code args}. Immutable.
 *
 * @param values of the short form in order; of the long form in the order of its arguments
 * @param args   of the long form by name
 */
record Shortcut(Tracked node, String name, List<String> values, Map<String, Tracked> args) {

    static Shortcut of(Tracked node) {
        String text = node.peek();
        if (text == null) {
            Map<String, Tracked> args = node.members("args");
            List<String> values = new ArrayList<>();
            args.values().forEach(arg -> {
                String one = arg.peek();
                if (one == null) {
                    arg.items().forEach(item -> values.add(String.valueOf(item.peek())));
                } else {
                    values.add(one);
                }
            });
            return new Shortcut(node, String.valueOf(node.peek("name")), values, args);
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        List<String> values =
                equals < 0 ? List.of() : List.of(text.substring(equals + 1).split("\\s*,\\s*"));
        return new Shortcut(node, name.trim(), values.stream().map(String::trim).toList(), Map.of());
    }

    /** A value by its place, null if there are fewer. */
    @Nullable
    String value(int place) {
        return place < values.size() ? values.get(place) : null;
    }

    /** Takes it: the name, and every argument that is a value. */
    void take() {
        node.text();
        node.text("name");
        args.values().forEach(arg -> {
            arg.text();
            arg.elements().forEach(Tracked::text);
        });
    }
}
