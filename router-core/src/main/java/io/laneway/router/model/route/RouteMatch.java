package io.laneway.router.model.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be like beside its host and path, all of it. Immutable.
 *
 * @param exact   the whole path must be the route's, not only begin with it
 * @param method  null for any
 * @param headers name to value of the first line of that name
 * @param query   name to decoded value of the first parameter of that name
 * @param ports   of the listeners at which it may come in; empty for any
 * @param tls     it is about connections by the server name of their TLS (RFC 6066 section 3), not about requests: the
 *                host is that name, and nothing but the port matters besides
 * @param regex   what else of it must be like by regular expression
 */
public record RouteMatch(
        boolean exact,
        @Nullable String method,
        Map<String, String> headers,
        Map<String, String> query,
        List<Integer> ports,
        boolean tls,
        RouteExpressions regex) {

    /** Whatever has the host and the path. */
    public static final RouteMatch ANY = new RouteMatch(false, null, Map.of(), Map.of());

    /** At any port. */
    public RouteMatch(boolean exact, @Nullable String method, Map<String, String> headers, Map<String, String> query) {
        this(exact, method, headers, query, List.of());
    }

    /** Of requests. */
    public RouteMatch(
            boolean exact,
            @Nullable String method,
            Map<String, String> headers,
            Map<String, String> query,
            List<Integer> ports) {
        this(exact, method, headers, query, ports, false);
    }

    /** Without expressions. */
    public RouteMatch(
            boolean exact,
            @Nullable String method,
            Map<String, String> headers,
            Map<String, String> query,
            List<Integer> ports,
            boolean tls) {
        this(exact, method, headers, query, ports, tls, RouteExpressions.NONE);
    }

    public RouteMatch {
        ports = List.copyOf(ports);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        Objects.requireNonNull(regex, "regex");
        if (exact && regex.path() != null) {
            throw new IllegalArgumentException("match: exact beside regex.path (expected: one of them)");
        }
        if (tls && (exact || method != null || !headers.isEmpty() || !query.isEmpty() || !regex.isEmpty())) {
            throw new IllegalArgumentException(
                    "match: tls beside exact, method, headers or query (expected: ports alone)");
        }
    }

    /** Whether host and path alone decide. */
    public boolean isPlain() {
        return method == null && headers.isEmpty() && query.isEmpty() && ports.isEmpty() && regex.isEmpty();
    }

    /** The same, of requests that come in at some ports alone. */
    public RouteMatch at(List<Integer> ports) {
        return new RouteMatch(exact, method, headers, query, ports, tls, regex);
    }

    /** Connections whose TLS names the route's hosts. */
    public static RouteMatch ofTls(List<Integer> ports) {
        return new RouteMatch(false, null, Map.of(), Map.of(), ports, true);
    }
}
