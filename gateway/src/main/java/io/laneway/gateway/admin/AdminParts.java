package io.laneway.gateway.admin;

import io.laneway.gateway.config.GatewayConfig;
import io.laneway.gateway.metrics.MetricSource;
import io.laneway.gateway.tables.TableSupply;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the admin interface shows and moves. Immutable.
 *
 * @param metrics   in the order in which they are shown
 * @param listeners where requests are taken, such as {@code edge 0.0.0.0:8080}
 * @param tlsProblems what is wrong with certificate files, by listener or as {@code upstream}
 * @param drain     begins to drain; safe to repeat
 */
public record AdminParts(
        GatewayConfig config,
        String version,
        TableSupply tables,
        List<MetricSource> metrics,
        Supplier<Phase> phase,
        Supplier<List<String>> listeners,
        Supplier<Map<String, String>> tlsProblems,
        Runnable drain,
        LogLevels logLevels) {

    /** How far a gateway is in its life. */
    public enum Phase {
        STARTING,
        RUNNING,
        DRAINING
    }

    public AdminParts {
        metrics = List.copyOf(metrics);
    }
}
