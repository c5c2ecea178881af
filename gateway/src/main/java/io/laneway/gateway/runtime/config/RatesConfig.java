package io.laneway.gateway.runtime.config;

import io.laneway.router.unit.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where gateways count the rates that they share exactly. Immutable. docs/reference/configuration.md#rates.
 *
 * @param redis   URLs of a server, of sentinels or, if several or {@code cluster}, of nodes of a cluster
 * @param cluster whether the servers are a cluster
 * @param prefix  of the keys there; gateways with the same one share rates
 * @param timeout how long a request may wait for a reservation
 * @param failure what becomes of requests while there is none to be had
 */
public record RatesConfig(
        List<String> redis,
        boolean cluster,
        Login login,
        Files files,
        String prefix,
        Duration timeout,
        Failure failure) {

    public static final String DEFAULT_PREFIX = "laneway";
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(20);
    private static final Duration MOST_TIMEOUT = Duration.ofSeconds(1);
    private static final List<String> SCHEMES =
            List.of("redis://", "rediss://", "redis-socket://", "redis-sentinel://", "rediss-sentinel://");

    /** What becomes of requests without a reservation. */
    public enum Failure {
        /** This gateway counts by itself, by an equal share of the rate. */
        SHARE,
        /** They pass. */
        ALLOW,
        /** They are refused. */
        DENY
    }

    /**
     * As whom a gateway logs in; URLs may say it too. Immutable.
     *
     * @param user         empty for the default user
     * @param password     empty for none
     * @param passwordFile read with each connection, null for none
     */
    public record Login(
            String user, String password, @Nullable Path passwordFile) {

        public static final Login NONE = new Login("", "", null);

        public Login {
            if (!password.isEmpty() && passwordFile != null) {
                throw new IllegalArgumentException("passwordFile: beside password (expected: one of both)");
            }
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=" + (password.isEmpty() ? "none" : "***") + ", passwordFile="
                    + passwordFile + "]";
        }
    }

    /**
     * Files (PEM) of TLS. Immutable.
     *
     * @param ca          authorities to trust, null for the JVM's
     * @param certificate ours, null for none
     * @param privateKey  its key
     */
    public record Files(
            @Nullable Path ca,
            @Nullable Path certificate,
            @Nullable Path privateKey) {

        public static final Files NONE = new Files(null, null, null);

        public Files {
            if ((certificate == null) != (privateKey == null)) {
                throw new IllegalArgumentException(
                        "certificate and privateKey: one without the other (expected: both)");
            }
        }
    }

    public RatesConfig {
        redis = List.copyOf(redis);
        if (redis.isEmpty()) {
            throw new IllegalArgumentException("redis: none (expected: a URL)");
        }
        for (String url : redis) {
            if (SCHEMES.stream().noneMatch(url::startsWith)) {
                throw new IllegalArgumentException("redis: " + scheme(url) + " (expected: " + SCHEMES + ")");
            }
        }
        cluster = cluster || redis.size() > 1;
        if (timeout.toMillis() < 1 || timeout.compareTo(MOST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: " + Durations.format(timeout) + " (expected: 1ms to 1s)");
        }
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("prefix: '" + prefix + "' (expected: a text)");
        }
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(failure, "failure");
    }

    /** What may be shown of a URL: it may have a password. */
    private static String scheme(String url) {
        int end = url.indexOf("://");
        return end < 0 ? "no URL" : url.substring(0, end) + "://…";
    }

    @Override
    public String toString() {
        return "RatesConfig[redis=" + redis.stream().map(RatesConfig::scheme).toList() + ", cluster=" + cluster
                + ", login=" + login + ", files=" + files + ", prefix=" + prefix + ", timeout=" + timeout
                + ", failure=" + failure + "]";
    }
}
