package io.laneway.k8s.imports.spring;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Tracked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A predicate or filter, written {@code Name=a,b} or with {@code name} and {@code args}. Immutable.
 *
 * @param values of its fields in the order of the short form, null for those that are not said; a list's one after another
 * @param used   the arguments of the long form that are in the values
 */
record Shortcut(Tracked node, String name, List<@Nullable String> values, List<Tracked> used) {

    /** The fields of the long form, in the order of the short one. */
    private static final Map<String, List<String>> FIELDS = Map.ofEntries(
            Map.entry("Path", List.of("patterns", "matchTrailingSlash")),
            Map.entry("Host", List.of("patterns")),
            Map.entry("Method", List.of("methods")),
            Map.entry("Header", List.of("header", "regexp")),
            Map.entry("Query", List.of("param", "regexp")),
            Map.entry("Cookie", List.of("name", "regexp")),
            Map.entry("Weight", List.of("group", "weight")),
            Map.entry("StripPrefix", List.of("parts")),
            Map.entry("PrefixPath", List.of("prefix")),
            Map.entry("SetPath", List.of("template")),
            Map.entry("RewritePath", List.of("regexp", "replacement")),
            Map.entry("RedirectTo", List.of("status", "url")),
            Map.entry("RequestSize", List.of("maxSize")),
            Map.entry("Retry", List.of("retries", "statuses", "methods", "series")),
            Map.entry("AddRequestHeader", List.of("name", "value")),
            Map.entry("SetRequestHeader", List.of("name", "value")),
            Map.entry("AddResponseHeader", List.of("name", "value")),
            Map.entry("SetResponseHeader", List.of("name", "value")),
            Map.entry("RemoveRequestHeader", List.of("name")),
            Map.entry("RemoveResponseHeader", List.of("name")));

    static Shortcut of(Tracked node) {
        String text = node.peek();
        if (text == null) {
            return longForm(node, String.valueOf(node.peek("name")));
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        List<@Nullable String> values = new ArrayList<>();
        if (equals >= 0) {
            for (String value : text.substring(equals + 1).split(",", -1)) {
                values.add(value.trim());
            }
        }
        return new Shortcut(node, name.trim(), values, List.of());
    }

    private static Shortcut longForm(Tracked node, String name) {
        Map<String, Tracked> args = node.members("args");
        List<@Nullable String> values = new ArrayList<>();
        List<Tracked> used = new ArrayList<>();
        List<String> fields = FIELDS.getOrDefault(name, List.of());
        for (int i = 0; i < fields.size(); i++) {
            Tracked arg = args.getOrDefault(fields.get(i), args.get("_genkey_" + i));
            String one = arg == null ? null : arg.peek();
            if (arg != null && one == null) {
                arg.elements().forEach(item -> values.add(item.peek()));
            } else if (one != null && List.of("patterns", "methods").contains(fields.get(i)) && i == 0) {
                values.addAll(Arrays.asList(one.trim().split("\\s*,\\s*")));
            } else {
                values.add(one);
            }
            if (arg != null) {
                used.add(arg);
            }
        }
        while (!values.isEmpty() && values.get(values.size() - 1) == null) {
            values.remove(values.size() - 1);
        }
        return new Shortcut(node, name, values, used);
    }

    /** A value by its place, null if it is not said. */
    @Nullable
    String value(int place) {
        return place < values.size() ? values.get(place) : null;
    }

    /** A number by its place, null if it is not said; {@link Refused} if it is none. */
    @Nullable
    Integer number(int place) {
        String text = value(place);
        if (text != null && !text.matches("[0-9]{1,9}")) {
            throw new Refused(node, name + " with '" + text + "'", "a number");
        }
        return text == null ? null : Integer.valueOf(text);
    }

    /** Those that are said. */
    List<String> said() {
        List<String> said = new ArrayList<>();
        for (String value : values) {
            if (value != null) {
                said.add(value);
            }
        }
        return said;
    }

    /** Takes it: the name, and every argument that is a value of its. */
    void take() {
        node.text();
        node.text("name");
        node.at("args");
        for (Tracked arg : used) {
            arg.text();
            arg.elements().forEach(Tracked::text);
        }
    }
}
