package io.laneway.gateway.runtime.config;

import io.laneway.router.document.tree.Location;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A filter of one's own in its place on a listener. Immutable. docs/reference/configuration.md#filters.
 *
 * @param kind      which factory makes it
 * @param name      how metrics and the log name it; its kind unless said otherwise
 * @param timeout   how long a request may wait for it
 * @param failure   what becomes of requests for which it fails
 * @param warnAfter how long one call of it may hold the event loop before that is logged
 * @param services  whose requests it sees; empty for all
 * @param paths     requests below which paths it sees, as clients say them; empty for all
 * @param settings  its own
 * @param location  where it is written
 */
public record FilterConfig(
        String kind,
        String name,
        Duration timeout,
        Failure failure,
        Duration warnAfter,
        List<String> services,
        List<String> paths,
        Map<String, Object> settings,
        Location location) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration DEFAULT_WARN_AFTER = Duration.ofMillis(10);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration MOST_WARN_AFTER = Duration.ofSeconds(10);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** What becomes of a request for which a filter fails or is too late. */
    public enum Failure {
        /** It gets 503. */
        DENY,
        /** It is forwarded as if the filter were not there. */
        ALLOW
    }

    public FilterConfig {
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(location, "location");
        requireName("filter", kind);
        requireName("name", name);
        requireBetween("timeout", timeout, MOST_TIMEOUT);
        requireBetween("warnAfter", warnAfter, MOST_WARN_AFTER);
        services = List.copyOf(services);
        paths = List.copyOf(paths);
        for (String path : paths) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("paths: " + path + " (expected: paths such as /orders)");
            }
        }
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    private static void requireName(String key, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    key + ": " + name + " (expected: up to 64 letters, digits, '.', '_' and '-')");
        }
    }

    private static void requireBetween(String key, Duration value, Duration most) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + ": " + value.toMillis() + "ms (expected: 1ms to " + most.toSeconds() + "s)");
        }
    }
}
