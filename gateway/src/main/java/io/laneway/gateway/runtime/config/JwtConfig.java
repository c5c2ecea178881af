package io.laneway.gateway.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens (JWT, RFC 7519) a listener believes, and what it makes of them. Immutable.
 * docs/reference/configuration.md#tokens.
 *
 * @param issuers whose tokens count, each with keys of its own
 * @param require whether requests need a valid token, unless their route or service says otherwise
 * @param headers what endpoints get of a valid token: header names, each with the claim that it holds
 * @param forward whether endpoints get a valid token itself
 * @param skew    how far clocks of issuers may differ from ours
 * @param timeout how long a request may wait for its token to be verified, and a server of keys for its response
 * @param failure what becomes of requests whose token cannot be verified
 */
public record JwtConfig(
        List<Issuer> issuers,
        boolean require,
        Map<String, String> headers,
        boolean forward,
        Duration skew,
        Duration timeout,
        Failure failure) {

    public static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration MOST_SKEW = Duration.ofHours(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** Fields that say how a message is framed or came here, or by which it was verified. */
    private static final Set<String> TAKEN = Set.of(
            "authorization",
            "baggage",
            "connection",
            "content-length",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "max-forwards",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-real-ip",
            "x-request-id");

    private static final List<String> TAKEN_FAMILIES = List.of("x-laneway-", "x-forwarded-", "x-envoy-");

    public JwtConfig {
        issuers = List.copyOf(issuers);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("issuers: [] (expected: at least one)");
        }
        Set<String> names = new HashSet<>();
        for (Issuer issuer : issuers) {
            if (!names.add(issuer.issuer())) {
                throw new IllegalArgumentException("issuers: two of " + issuer.issuer() + " (expected: one)");
            }
        }
        Set<String> fields = new HashSet<>();
        headers.forEach((name, claim) -> requireHeader(name, claim, fields));
        requireBetween("skew", skew, Duration.ZERO, MOST_SKEW);
        requireBetween("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        Objects.requireNonNull(failure, "failure");
    }

    /** What becomes of a request whose token cannot be verified because there are no keys. */
    public enum Failure {
        /** It is answered 503. */
        DENY,
        /** It loses its token and counts as one without. */
        ALLOW
    }

    /**
     * One issuer.
     *
     * @param issuer    the claim {@code iss} of its tokens
     * @param audiences one of which the claim {@code aud} must name; empty for whatever it names
     * @param jwks      where its keys are, a JWK Set (RFC 7517): {@code http}, {@code https} or {@code file}
     * @param types     what the header {@code typ} of its tokens may say (RFC 8725 section 3.11); a token without counts
     *                  as {@code JWT}
     * @param refresh   how often keys are fetched again
     * @param ca        a PEM file of the authorities by which the server of the keys has its certificate; null for those
     *                  that the JVM trusts
     */
    public record Issuer(
            String issuer,
            List<String> audiences,
            URI jwks,
            List<String> types,
            Duration refresh,
            @Nullable Path ca) {

        public static final List<String> DEFAULT_TYPES = List.of("JWT", "at+jwt");
        public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(5);

        public Issuer {
            if (issuer.isBlank()) {
                throw new IllegalArgumentException("issuer: '' (expected: the iss of its tokens)");
            }
            audiences = List.copyOf(audiences);
            types = List.copyOf(types);
            Objects.requireNonNull(jwks, "jwks");
            if (types.isEmpty()) {
                throw new IllegalArgumentException("types: [] (expected: at least one)");
            }
            requireBetween("refresh", refresh, Duration.ofMillis(100), Duration.ofDays(1));
            if (ca != null && !"https".equals(jwks.getScheme())) {
                throw new IllegalArgumentException("ca: " + ca + " (expected: none, as jwks is not https)");
            }
        }

        /** An issuer with the defaults. */
        public static Issuer of(String issuer, List<String> audiences, URI jwks) {
            return new Issuer(issuer, audiences, jwks, DEFAULT_TYPES, DEFAULT_REFRESH, null);
        }
    }

    /** Tokens of those issuers count, with the defaults. */
    public static JwtConfig of(List<Issuer> issuers) {
        return new JwtConfig(issuers, false, Map.of(), true, DEFAULT_SKEW, DEFAULT_TIMEOUT, Failure.DENY);
    }

    private static void requireHeader(String name, String claim, Set<String> fields) {
        String field = name.toLowerCase(Locale.ROOT);
        boolean taken = TAKEN.contains(field) || TAKEN_FAMILIES.stream().anyMatch(field::startsWith);
        if (!NAME.matcher(name).matches() || taken) {
            throw new IllegalArgumentException(
                    "headers: " + name + " (expected: names of headers that are not the gateway's own)");
        }
        if (!fields.add(field.replace('_', '-'))) {
            throw new IllegalArgumentException("headers: " + name + " twice (expected: once, in any case)");
        }
        if (claim.isBlank()) {
            throw new IllegalArgumentException("headers: " + name + ": '' (expected: the name of a claim)");
        }
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value.toMillis() + "ms (expected: " + least.toMillis()
                    + "ms to " + most.toMillis() + "ms)");
        }
    }
}
