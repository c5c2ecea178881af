package io.laneway.k8s.imports.table;

import io.laneway.router.model.route.RouteExpressions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Expressions that the values of headers and parameters have to match as a whole. Immutable.
 *
 * @param headers by name in lower case
 */
record Patterns(Map<String, String> headers, Map<String, String> query) {

    static final Patterns NONE = new Patterns(Map.of(), Map.of());

    Patterns {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    /** The same with one more; {@link IllegalArgumentException} if a table cannot have it. */
    Patterns with(boolean header, String name, String expression) {
        Map<String, String> more = new LinkedHashMap<>(header ? headers : query);
        more.put(name, expression);
        RouteExpressions checked = new RouteExpressions(null, header ? more : Map.of(), header ? Map.of() : more);
        return header ? new Patterns(checked.headers(), query) : new Patterns(headers, checked.query());
    }

    /** Those of both; of a name that both have, this one's. */
    Patterns over(Patterns other) {
        Map<String, String> both = new LinkedHashMap<>(other.headers);
        both.putAll(headers);
        Map<String, String> asked = new LinkedHashMap<>(other.query);
        asked.putAll(query);
        return new Patterns(both, asked);
    }

    /** Those of other names: what has one exact value needs no expression. */
    Patterns beside(Collection<String> exactHeaders, Collection<String> exactQuery) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.keySet().removeAll(exactHeaders);
        Map<String, String> less = new LinkedHashMap<>(query);
        less.keySet().removeAll(exactQuery);
        return new Patterns(fewer, less);
    }

    /** Whether exact values are among those that are asked for; a name without one is. */
    boolean admit(Map<String, String> exactHeaders, Map<String, String> exactQuery) {
        return Stream.concat(
                        headers.entrySet().stream().map(one -> admits(one.getValue(), exactHeaders.get(one.getKey()))),
                        query.entrySet().stream().map(one -> admits(one.getValue(), exactQuery.get(one.getKey()))))
                .allMatch(Boolean::booleanValue);
    }

    private static boolean admits(String expression, @Nullable String exact) {
        return exact == null || RouteExpressions.matches(expression, exact);
    }
}
