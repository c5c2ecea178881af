package io.laneway.k8s.imports.table;

import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.text.NormalPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of a request beside its host. Immutable.
 *
 * @param path    a prefix of whole segments without a slash at its end, or the whole path
 * @param exact   whether it is the whole path
 * @param regex   what the whole path has to match, in the syntax of RE2; then the path is {@code /}; null for none
 * @param method  null for any
 * @param headers by name in lower case
 * @param cookies by name; routes of a table look at none, so that they have to lead to lanes
 * @param patterns of headers and parameters that have no exact value
 */
public record Match(
        String path,
        boolean exact,
        @Nullable String regex,
        @Nullable String method,
        Map<String, String> headers,
        Map<String, String> query,
        Map<String, String> cookies,
        Patterns patterns) {

    public Match {
        String normal = path.startsWith("/") ? NormalPath.of(path) : null;
        path = normal == null ? path : normal;
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = lower;
        query = new LinkedHashMap<>(query);
        cookies = new LinkedHashMap<>(cookies);
    }

    /** Every request below a path. */
    public static Match prefix(String path) {
        return new Match(path, false, null, null, Map.of(), Map.of(), Map.of(), Patterns.NONE);
    }

    /** Requests for exactly that path. */
    public static Match exact(String path) {
        return new Match(path, true, null, null, Map.of(), Map.of(), Map.of(), Patterns.NONE);
    }

    /**
     * Requests whose whole path matches an expression.
     *
     * @throws IllegalArgumentException if a table cannot have it: it is none of RE2, or too large
     */
    public static Match expression(String regex) {
        RouteExpressions checked = new RouteExpressions(regex, Map.of(), Map.of());
        return new Match("/", false, checked.path(), null, Map.of(), Map.of(), Map.of(), Patterns.NONE);
    }

    /** The same requests by an expression, which a table takes before every prefix; with another text of it. */
    Match by(String expression) {
        return new Match("/", false, expression, method, headers, query, cookies, patterns);
    }

    /** The same with one more condition. */
    public Match with(Marker marker) {
        Match more = new Match(path, exact, regex, method, headers, query, cookies, patterns);
        more.conditions(marker.kind()).put(key(marker.kind(), marker.name()), marker.value());
        return more;
    }

    /**
     * The same with an expression for the value of a header or parameter, which has none yet.
     *
     * @throws IllegalArgumentException if a table cannot have it, or no value is like that
     */
    Match with(Marker.Kind kind, String name, String expression) {
        boolean header = kind == Marker.Kind.HEADER;
        Patterns more = patterns.with(header, header ? name.toLowerCase(Locale.ROOT) : name, expression);
        if (!more.admit(headers, query)) {
            throw new IllegalArgumentException("no value of '" + name + "' is like that");
        }
        Patterns rest = more.beside(headers.keySet(), query.keySet());
        return new Match(path, exact, regex, method, headers, query, cookies, rest);
    }

    /** Whether there is a condition for a header or parameter. */
    public boolean asks(Marker.Kind kind, String name) {
        Map<String, String> expressions = kind == Marker.Kind.HEADER ? patterns.headers() : patterns.query();
        String key = key(kind, name);
        return conditions(kind).containsKey(key) || (kind != Marker.Kind.COOKIE && expressions.containsKey(key));
    }

    /** The same without a condition. */
    Match without(Marker marker) {
        Match less = new Match(path, exact, regex, method, headers, query, cookies, patterns);
        less.conditions(marker.kind()).remove(key(marker.kind(), marker.name()));
        return less;
    }

    /** The same with a method. */
    public Match withMethod(String only) {
        return new Match(path, exact, regex, only, headers, query, cookies, patterns);
    }

    RouteMatch inTable() {
        RouteExpressions expressions = new RouteExpressions(regex, patterns.headers(), patterns.query());
        return new RouteMatch(exact, method, headers, query, List.of(), false, expressions);
    }

    Map<String, String> conditions(Marker.Kind kind) {
        return switch (kind) {
            case HEADER -> headers;
            case QUERY -> query;
            case COOKIE -> cookies;
        };
    }

    /**
     * What both ask for; null if no request is like that, or if a table cannot say it. Where both have an expression for one
     * header, it asks for this one's alone.
     */
    @Nullable
    public Match and(Match other) {
        Match path = regex == null && other.regex == null ? pathOf(other) : expressionOf(other);
        boolean methods = method == null || other.method == null || method.equals(other.method);
        if (path == null
                || !methods
                || !agree(headers, other.headers)
                || !agree(query, other.query)
                || !agree(cookies, other.cookies)) {
            return null;
        }
        Map<String, String> allHeaders = union(headers, other.headers);
        Map<String, String> allQuery = union(query, other.query);
        if (!patterns.admit(allHeaders, allQuery) || !other.patterns.admit(allHeaders, allQuery)) {
            return null;
        }
        return new Match(
                path.path,
                path.exact,
                path.regex,
                method == null ? other.method : method,
                allHeaders,
                allQuery,
                union(cookies, other.cookies),
                patterns.over(other.patterns).beside(allHeaders.keySet(), allQuery.keySet()));
    }

    private @Nullable Match pathOf(Match other) {
        boolean more = path.length() >= other.path.length();
        Match longer = more ? this : other;
        Match shorter = more ? other : this;
        boolean together = path.equals(other.path) || (!shorter.exact && within(longer.path, shorter.path));
        boolean whole = longer.exact || (path.equals(other.path) && shorter.exact);
        return !together ? null : whole ? exact(longer.path) : prefix(longer.path);
    }

    private @Nullable Match expressionOf(Match other) {
        Match one = regex != null ? this : other;
        Match two = regex != null ? other : this;
        String expression = one.regex;
        if (expression == null || two.regex != null || (!two.exact && !two.path.equals("/"))) {
            return expression != null && expression.equals(two.regex) ? one : null;
        }
        return !two.exact
                ? one
                : new RouteExpressions(expression, Map.of(), Map.of()).isPath(two.path) ? exact(two.path) : null;
    }

    /** Whether there may be requests for both paths that {@link #and} cannot say. */
    boolean crosses(Match other) {
        boolean expressed = regex != null ? !other.exact : other.regex != null && !exact;
        boolean said = (regex == null && path.equals("/")) || (other.regex == null && other.path.equals("/"));
        return expressed
                && !said
                && !Objects.equals(regex, other.regex)
                && literal().touches(other.literal());
    }

    private PathLiteral literal() {
        return regex == null ? PathLiteral.ofPrefix(path) : PathLiteral.ofExpression(regex);
    }

    /** Whether a table takes this before another one, for a request that is like both, the order of routes aside. */
    boolean before(Match other) {
        if (exact != other.exact) {
            return exact;
        }
        if ((regex == null) != (other.regex == null)) {
            return regex != null;
        }
        if (regex != null && other.regex != null && regex.length() != other.regex.length()) {
            return regex.length() > other.regex.length();
        }
        if (path.length() != other.path.length()) {
            return path.length() > other.path.length();
        }
        if ((method == null) != (other.method == null)) {
            return method != null;
        }
        int asked = headers.size() + patterns.headers().size();
        int others = other.headers.size() + other.patterns.headers().size();
        return asked != others
                ? asked > others
                : query.size() + patterns.query().size()
                        > other.query.size() + other.patterns.query().size();
    }

    private static String key(Marker.Kind kind, String name) {
        return kind == Marker.Kind.HEADER ? name.toLowerCase(Locale.ROOT) : name;
    }

    private static Map<String, String> union(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new LinkedHashMap<>(one);
        both.putAll(other);
        return both;
    }

    private static boolean within(String path, String prefix) {
        return prefix.equals("/") || path.startsWith(prefix + "/");
    }

    private static boolean agree(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream()
                .allMatch(entry ->
                        other.getOrDefault(entry.getKey(), entry.getValue()).equals(entry.getValue()));
    }
}
