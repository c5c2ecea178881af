package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.server.tables.TableSupply;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.telemetry.records.RequestRecords;
import io.laneway.gateway.telemetry.records.Tail;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the admin interface shows and moves. Immutable.
 *
 * @param metrics   in the order in which they are shown
 * @param listeners where requests are taken, such as {@code edge 0.0.0.0:8080}
 * @param requests  what is remembered of finished ones
 * @param tail      finished requests as they come
 * @param tlsProblems what is wrong with certificate files, by listener or as {@code upstream}
 */
public record AdminParts(
        GatewayConfig config,
        String version,
        TableSupply tables,
        List<MetricSource> metrics,
        RequestRecords requests,
        Tail tail,
        Supplier<Phase> phase,
        Supplier<List<String>> listeners,
        Supplier<Map<String, String>> tlsProblems,
        Leaving leaving,
        LogLevels logLevels) {

    /** How far a gateway is in its life. */
    public enum Phase {
        STARTING,
        RUNNING,
        DRAINING,
        DRAINED;

        /** Whether it is not on its way out. */
        public boolean takesRequests() {
            return this == STARTING || this == RUNNING;
        }

        /** What it is once it was asked to leave. */
        public Phase leaving() {
            return takesRequests() ? DRAINING : this;
        }
    }

    /**
     * The way out. Immutable.
     *
     * @param drain       begins to drain, and completes with the number of connections that had to be cut; safe to
     *                    repeat
     * @param connections open ones of clients
     */
    public record Leaving(Supplier<CompletionStage<Integer>> drain, IntSupplier connections) {}

    public AdminParts {
        metrics = List.copyOf(metrics);
    }
}
