package io.laneway.k8s;

import io.laneway.k8s.client.Connection;
import io.laneway.k8s.client.LeaderSettings;
import io.laneway.k8s.discovery.DiscoveryRules;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to discover, where, and how. Immutable.
 *
 * @param namespaces the namespaces to watch, all if empty
 * @param selector   a label selector for the Services, null for all
 * @param window     how long what follows a change is gathered, at most 50 ms
 * @param leader     the Lease among several replicas, null where there is only one
 */
public record KubernetesConfig(
        Connection connection,
        Set<String> namespaces,
        @Nullable String selector,
        DiscoveryRules rules,
        Duration window,
        @Nullable LeaderSettings leader) {

    /** Longest time that a change may wait for others. */
    public static final Duration MAX_WINDOW = Duration.ofMillis(50);

    /** All namespaces of the cluster that {@code kubectl} would speak to, the usual labels, one replica. */
    public static final KubernetesConfig DEFAULT = new KubernetesConfig(
            Connection.DEFAULT, Set.of(), null, DiscoveryRules.DEFAULT, Duration.ofMillis(25), null);

    public KubernetesConfig {
        Objects.requireNonNull(connection, "connection");
        namespaces = Set.copyOf(namespaces);
        Objects.requireNonNull(rules, "rules");
        if (window.isNegative() || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException("window: " + window.toMillis() + "ms (expected: 0ms to 50ms)");
        }
    }

    /** The same, for routes of the Gateway API, which may lead to any Service: one without a label has its own name. */
    public KubernetesConfig forRoutes() {
        return new KubernetesConfig(connection, namespaces, selector, rules.withNames(), window, leader);
    }
}
