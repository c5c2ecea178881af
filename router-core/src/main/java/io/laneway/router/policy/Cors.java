package io.laneway.router.policy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the gateway answers CORS preflights of a service itself (Fetch standard, CORS protocol): they carry neither
 * custom headers nor cookies, so no lane could be told. Immutable.
 *
 * @param origins allowed origins; {@code *} for any
 * @param methods allowed methods
 * @param headers allowed request headers; {@code *} echoes what was asked for
 */
public record Cors(
        List<String> origins, List<String> methods, List<String> headers, boolean credentials, Duration maxAge) {

    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        Objects.requireNonNull(maxAge, "maxAge");
    }
}
