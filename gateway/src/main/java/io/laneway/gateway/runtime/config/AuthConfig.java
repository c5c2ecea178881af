package io.laneway.gateway.runtime.config;

import io.laneway.router.model.service.UpstreamTls;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a listener asks whether a request may pass, by Envoy's protocol {@code ext_authz} v3, and what it makes of the
 * response. Immutable. docs/reference/configuration.md#authorization.
 *
 * @param authorizer      who is asked
 * @param require         whether requests are asked for unless their route or service says otherwise
 * @param timeout         how long a request may wait for a decision
 * @param include         what of the request is sent
 * @param memory          which decisions are remembered, and for how long
 * @param failure         what becomes of requests for which there is no decision
 * @param status          of the response to those that are denied for that reason
 * @param upstreamHeaders what the authorizer may say to endpoints by HTTP; strangers say nothing under these names
 * @param clientHeaders   what of a denial by HTTP its client gets; null for all
 * @param responseHeaders what of a permission by HTTP its client gets
 * @param context         what is said beside the request, by gRPC
 */
public record AuthConfig(
        Authorizer authorizer,
        boolean require,
        Duration timeout,
        Include include,
        Memory memory,
        Failure failure,
        int status,
        List<String> upstreamHeaders,
        @Nullable List<String> clientHeaders,
        List<String> responseHeaders,
        Map<String, String> context) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);
    public static final int DEFAULT_STATUS = 403;
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MOST_MEMORY = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'+.^_`|~-]+");

    public AuthConfig {
        Objects.requireNonNull(authorizer, "authorizer");
        Objects.requireNonNull(include, "include");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(failure, "failure");
        upstreamHeaders = names("upstreamHeaders", upstreamHeaders);
        for (String name : upstreamHeaders) {
            if (!ReservedHeaders.mayBeSet(name)) {
                throw new IllegalArgumentException(
                        "upstreamHeaders: " + name + " (expected: names of headers that are not the gateway's own)");
            }
        }
        clientHeaders = clientHeaders == null ? null : names("clientHeaders", clientHeaders);
        responseHeaders = names("responseHeaders", responseHeaders);
        context = Map.copyOf(context);
        requireBetween("timeout", timeout, Duration.ofMillis(1), MOST_TIMEOUT);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
    }

    /** What becomes of a request for which the authorizer gives no decision. */
    public enum Failure {
        /** It is denied. */
        DENY,
        /** It passes as it is. */
        ALLOW
    }

    /** How the authorizer is asked. */
    public enum Protocol {
        /** By the service {@code envoy.service.auth.v3.Authorization}. */
        GRPC,
        /** By a request like the client's. */
        HTTP
    }

    /**
     * Who is asked.
     *
     * @param uri        {@code http} or {@code https} with host and port; a path is the only one that is asked for
     * @param pathPrefix before the request's own path, where the URI has none
     * @param tls        null for the defaults
     */
    public record Authorizer(
            Protocol protocol,
            URI uri,
            String pathPrefix,
            @Nullable UpstreamTls tls) {

        public Authorizer {
            Objects.requireNonNull(protocol, "protocol");
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                throw new IllegalArgumentException(
                        word(protocol) + ": " + uri + " (expected: http://host:port or https://host:port)");
            }
            if (protocol == Protocol.GRPC
                    && uri.getRawPath() != null
                    && !uri.getRawPath().isEmpty()) {
                throw new IllegalArgumentException("grpc: " + uri + " (expected: host:port without a path)");
            }
            boolean prefix = !pathPrefix.isEmpty();
            if (prefix && (protocol == Protocol.GRPC || hasPath(uri) || !pathPrefix.startsWith("/"))) {
                throw new IllegalArgumentException(
                        "pathPrefix: " + pathPrefix + " (expected: /path, with http: of a URL without a path)");
            }
            if (tls != null && "http".equals(uri.getScheme())) {
                throw new IllegalArgumentException("tls: with " + uri + " (expected: https://host:port)");
            }
        }

        private static String word(Protocol protocol) {
            return protocol.name().toLowerCase(Locale.ROOT);
        }

        private static boolean hasPath(URI uri) {
            return uri.getRawPath() != null && !uri.getRawPath().isEmpty();
        }

        /** Whether one path is asked for, whatever that of the request is. */
        public boolean fixedPath() {
            return hasPath(uri);
        }

        /** Whether it is asked over TLS. */
        public boolean secure() {
            return "https".equals(uri.getScheme());
        }

        /** Host and port. */
        public String address() {
            int port = uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
            return uri.getHost() + ":" + port;
        }
    }

    /**
     * What of a request is sent.
     *
     * @param headers names, or {@code *} for all
     * @param body    bytes of its body at most, 0 for none
     * @param partial whether of a longer body the beginning is sent; else such a request gets 413
     */
    public record Include(List<String> headers, int body, boolean partial) {

        public static final Include DEFAULT = new Include(List.of("authorization", "cookie"), 0, false);
        public static final int MOST_BODY = 1 << 20;

        public Include {
            headers = headers.equals(List.of("*")) ? List.copyOf(headers) : names("include.headers", headers);
            if (body < 0 || body > MOST_BODY) {
                throw new IllegalArgumentException("include.body: " + body + " (expected: 0 to 1MiB)");
            }
        }

        /** Whether all headers are sent. */
        public boolean all() {
            return headers.equals(List.of("*"));
        }
    }

    /** A part of a question by which a decision is remembered; what else is sent counts always. */
    public enum KeyPart {
        METHOD,
        HOST,
        PATH,
        QUERY,
        SOURCE
    }

    /**
     * Which decisions are remembered.
     *
     * @param time  for how long, 0 for not at all
     * @param stale for how long beyond that, while the authorizer gives none
     * @param key   what makes one question another
     */
    public record Memory(Duration time, Duration stale, Set<KeyPart> key) {

        public static final Memory NONE = new Memory(Duration.ZERO, Duration.ZERO, Set.of(KeyPart.values()));

        public Memory {
            key = Set.copyOf(key);
            requireBetween("cache", time, Duration.ZERO, MOST_MEMORY);
            requireBetween("stale", stale, Duration.ZERO, MOST_MEMORY);
            if (!stale.isZero() && time.isZero()) {
                throw new IllegalArgumentException("stale: without cache (expected: cache: 60s or such)");
            }
        }
    }

    /** Who is asked, with the defaults. */
    public static AuthConfig of(Authorizer authorizer) {
        return new AuthConfig(
                authorizer,
                true,
                DEFAULT_TIMEOUT,
                Include.DEFAULT,
                Memory.NONE,
                Failure.DENY,
                DEFAULT_STATUS,
                List.of(),
                null,
                List.of(),
                Map.of());
    }

    private static List<String> names(String key, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches() || !seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(key + ": '" + name + "' (expected: header names, each once)");
            }
        }
        return List.copyOf(names);
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value.toMillis() + "ms (expected: " + least.toMillis()
                    + "ms to " + most.toMillis() + "ms)");
        }
    }
}
