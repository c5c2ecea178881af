package io.laneway.xds.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the models of clients see it: names of headers in lower case.
 *
 * @param chance the random number of the request, below a million
 */
record Ask(
        String method, String host, String path, Map<String, String> headers, Map<String, String> query, int chance) {

    Ask(String host, Map<String, String> headers, Map<String, String> query) {
        this("GET", host, "/", headers, query, 0);
    }

    Ask withChance(int other) {
        return new Ask(method, host, path, headers, query, other);
    }

    /** The same as a call of gRPC. */
    Ask call() {
        Map<String, String> more = new HashMap<>(headers);
        more.put("content-type", "application/grpc");
        return new Ask(method, host, path, more, query, chance);
    }

    @Nullable
    String header(String name) {
        return switch (name) {
            case ":method" -> method;
            case ":authority" -> host;
            case ":path" -> target();
            default -> headers.get(name);
        };
    }

    /** The path with the query. */
    String target() {
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }

    /**
     * What becomes of it.
     *
     * @param served  the lane of the endpoint, {@code -} for none
     * @param stamp   the lane that the request carries on, {@code -} for none
     * @param service whose endpoint, {@code -} for none
     * @param target  the path with the query that the endpoint gets, where a redirection leads, or the status
     */
    record Outcome(String served, String stamp, String service, String target) {

        Outcome(String served, String stamp) {
            this(served, stamp, "-", "-");
        }
    }
}
