package io.laneway.k8s.imports.table;

import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.text.NormalPath;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of a request beside its host. Immutable.
 *
 * @param path    a prefix of whole segments without a slash at its end, or the whole path
 * @param exact   whether it is the whole path
 * @param method  null for any
 * @param headers by name in lower case
 * @param cookies by name; routes of a table look at none, so that they have to lead to lanes
 */
public record Match(
        String path,
        boolean exact,
        @Nullable String method,
        Map<String, String> headers,
        Map<String, String> query,
        Map<String, String> cookies) {

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
        return new Match(path, false, null, Map.of(), Map.of(), Map.of());
    }

    /** Requests for exactly that path. */
    public static Match exact(String path) {
        return new Match(path, true, null, Map.of(), Map.of(), Map.of());
    }

    /** The same with one more condition. */
    public Match with(Marker marker) {
        Match more = new Match(path, exact, method, headers, query, cookies);
        more.conditions(marker.kind()).put(key(marker), marker.value());
        return more;
    }

    /** The same without a condition. */
    Match without(Marker marker) {
        Match less = new Match(path, exact, method, headers, query, cookies);
        less.conditions(marker.kind()).remove(key(marker));
        return less;
    }

    /** The same with a method. */
    public Match withMethod(String only) {
        return new Match(path, exact, only, headers, query, cookies);
    }

    RouteMatch inTable() {
        return new RouteMatch(exact, method, headers, query);
    }

    Map<String, String> conditions(Marker.Kind kind) {
        return switch (kind) {
            case HEADER -> headers;
            case QUERY -> query;
            case COOKIE -> cookies;
        };
    }

    /** What both ask for; null if no request is like that. */
    @Nullable
    Match and(Match other) {
        boolean more = path.length() >= other.path.length();
        Match longer = more ? this : other;
        Match shorter = more ? other : this;
        boolean together = path.equals(other.path) || (!shorter.exact && within(longer.path, shorter.path));
        boolean methods = method == null || other.method == null || method.equals(other.method);
        if (!together
                || !methods
                || !agree(headers, other.headers)
                || !agree(query, other.query)
                || !agree(cookies, other.cookies)) {
            return null;
        }
        Match both = new Match(
                longer.path,
                longer.exact || (path.equals(other.path) && shorter.exact),
                method == null ? other.method : method,
                headers,
                query,
                cookies);
        both.headers.putAll(other.headers);
        both.query.putAll(other.query);
        both.cookies.putAll(other.cookies);
        return both;
    }

    /** Whether a table takes this before another one, for a request that is like both, the order of routes aside. */
    boolean before(Match other) {
        if (exact != other.exact) {
            return exact;
        }
        if (path.length() != other.path.length()) {
            return path.length() > other.path.length();
        }
        if ((method == null) != (other.method == null)) {
            return method != null;
        }
        if (headers.size() != other.headers.size()) {
            return headers.size() > other.headers.size();
        }
        return query.size() > other.query.size();
    }

    private static String key(Marker marker) {
        return marker.kind() == Marker.Kind.HEADER ? marker.name().toLowerCase(Locale.ROOT) : marker.name();
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
