package io.laneway.router.model.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be like beside its host and path, all of it. Immutable.
 *
 * @param exact   the whole path must be the route's, not only begin with it
 * @param method  null for any
 * @param headers name to value of the first line of that name
 * @param query   name to decoded value of the first parameter of that name
 * @param ports   of the listeners at which it may come in; empty for any
 */
public record RouteMatch(
        boolean exact,
        @Nullable String method,
        Map<String, String> headers,
        Map<String, String> query,
        List<Integer> ports) {

    /** Whatever has the host and the path. */
    public static final RouteMatch ANY = new RouteMatch(false, null, Map.of(), Map.of());

    /** At any port. */
    public RouteMatch(boolean exact, @Nullable String method, Map<String, String> headers, Map<String, String> query) {
        this(exact, method, headers, query, List.of());
    }

    public RouteMatch {
        ports = List.copyOf(ports);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** Whether host and path alone decide. */
    public boolean isPlain() {
        return method == null && headers.isEmpty() && query.isEmpty() && ports.isEmpty();
    }

    /** The same, of requests that come in at some ports alone. */
    public RouteMatch at(List<Integer> ports) {
        return new RouteMatch(exact, method, headers, query, ports);
    }
}
