package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.PathRegex;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a variable of {@code map} or {@code split_clients} may stand for, and when. Confined to one thread. */
final class Choices {

    private static final int DEEPEST = 8;

    /**
     * Names of upstreams with their weights, for requests with certain values.
     *
     * @param markers in the order in which they were asked for
     */
    record Choice(List<Marker> markers, Map<String, Integer> weights) {}

    private final Map<String, Directive> byVariable = new HashMap<>();
    private final Set<String> carriers = new LinkedHashSet<>();
    private final Report report;

    Choices(List<Directive> http, Report report) {
        this.report = report;
        Directive.named(http, "map").forEach(map -> byVariable.put(map.arg(1), map));
        Directive.named(http, "split_clients").forEach(split -> byVariable.put(split.arg(1), split));
    }

    /** The places that maps look at. */
    Set<String> carriers() {
        return carriers;
    }

    /** The choices behind a text that is a variable or a name, the most particular first. */
    List<Choice> of(String text, Directive at) {
        return of(text, at, 0);
    }

    private List<Choice> of(String text, Directive at, int depth) {
        if (!text.startsWith("$")) {
            return List.of(new Choice(List.of(), Map.of(text, 1)));
        }
        String variable = text.replaceAll("[{}]", "");
        Directive source = byVariable.get(variable);
        if (source == null || depth > DEEPEST) {
            throw new Refused(at.node(), "a target of '" + text + "'", "a name, or a variable of map or split_clients");
        }
        source.take();
        return source.name().equals("map") ? map(source, depth) : split(source);
    }

    private List<Choice> map(Directive map, int depth) {
        List<Choice> choices = new ArrayList<>();
        String fallback = null;
        for (Directive entry : map.block()) {
            String key = entry.name();
            if (key.equals("default")) {
                entry.take();
                fallback = entry.arg(0);
                continue;
            }
            Marker marker = marker(map.arg(0), key, map);
            if (marker == null) {
                entry.refuse(report, "a value by '" + key + "'", "a text");
                continue;
            }
            entry.take();
            carriers.add(marker.place());
            for (Choice inner : of(entry.arg(0), entry, depth + 1)) {
                List<Marker> markers = new ArrayList<>(List.of(marker));
                markers.addAll(inner.markers());
                choices.add(new Choice(markers, inner.weights()));
            }
        }
        if (fallback == null) {
            throw new Refused(map.node(), "a map without a default", "default NAME");
        }
        choices.addAll(of(fallback, map, depth + 1));
        return choices;
    }

    /** What a request is asked for by a map of this source, null if a table cannot ask for it. */
    private static @Nullable Marker marker(String source, String key, Directive map) {
        String text = key.startsWith("~*") ? PathRegex.text(key.substring(2)) : key;
        boolean anchored = key.startsWith("~*") && key.startsWith("^", 2) && key.endsWith("$");
        if (key.startsWith("~")) {
            text = anchored ? text : null;
        }
        if (text == null
                || text.isEmpty()
                || List.of("hostnames", "volatile", "include").contains(text)) {
            return null;
        }
        String bare = text.startsWith("\\") ? text.substring(1) : text;
        String name = source.replaceAll("[{}]", "").replaceFirst("^\\$(http|arg|cookie)_", "");
        return switch (source.replaceAll("[{}]", "").replaceFirst("_.*", "")) {
            case "$http" ->
                new Marker(Marker.Kind.HEADER, name.replace('_', '-').toLowerCase(Locale.ROOT), bare);
            case "$arg" -> new Marker(Marker.Kind.QUERY, name, bare);
            case "$cookie" -> new Marker(Marker.Kind.COOKIE, name, bare);
            default -> throw new Refused(map.node(), "a map of '" + source + "'", "$http_, $arg_ or $cookie_");
        };
    }

    private List<Choice> split(Directive split) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        int rest = 10_000;
        for (Directive entry : split.block()) {
            String share = entry.name();
            boolean percent = share.matches("[0-9]{1,3}(\\.[0-9]{1,2})?%");
            if (!percent && !share.equals("*")) {
                throw new Refused(entry.node(), "a share of '" + share + "'", "a percentage, or *");
            }
            entry.take();
            int slots = percent
                    ? new BigDecimal(share.substring(0, share.length() - 1))
                            .movePointRight(2)
                            .intValueExact()
                    : rest;
            if (slots > rest) {
                throw new Refused(entry.node(), "shares of more than all", "at most all of them");
            }
            rest -= slots;
            if (slots > 0) {
                weights.merge(entry.arg(0), slots, Integer::sum);
            }
        }
        if (!split.arg(0).equals("$request_id") && !split.arg(0).equals("${request_id}")) {
            report.differs(
                    split.location(),
                    "requests are divided by their id, not by " + split.arg(0),
                    "$request_id, or a shift of tenants");
        }
        return List.of(new Choice(List.of(), weights));
    }
}
