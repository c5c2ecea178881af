package io.laneway.router.policy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the gateway answers CORS preflights of a service itself (Fetch standard, CORS protocol): they carry neither
 * custom headers nor cookies, so no lane could be told. Immutable.
 *
 * @param origins   allowed origins; {@code *} for any, {@code https://*.example.com} for those below a host
 * @param methods   allowed methods; {@code *} echoes what was asked for
 * @param headers   allowed request headers; {@code *} echoes what was asked for
 * @param expose    response headers that pages may read beside those of the gateway itself
 * @param responses whether it is said on the service's responses too, in place of what the service says
 */
public record Cors(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        boolean credentials,
        Duration maxAge,
        List<String> expose,
        boolean responses) {

    /** Of preflights, and of responses of the gateway's own. */
    public Cors(
            List<String> origins, List<String> methods, List<String> headers, boolean credentials, Duration maxAge) {
        this(origins, methods, headers, credentials, maxAge, List.of(), false);
    }

    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        expose = List.copyOf(expose);
        Objects.requireNonNull(maxAge, "maxAge");
    }
}
