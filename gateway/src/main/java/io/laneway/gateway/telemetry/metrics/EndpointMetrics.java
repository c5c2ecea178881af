package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.endpoint.EndpointState;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.ServiceEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many endpoints the deployments in use have, by their state now. Safe for many threads. */
public final class EndpointMetrics implements MetricSource {

    private static final EndpointState[] STATES = EndpointState.values();

    private final Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table;
    private final RequestMetrics requests;

    public EndpointMetrics(Supplier<@Nullable CompiledTable<Cluster, ServiceRules>> table, RequestMetrics requests) {
        this.table = table;
        this.requests = requests;
    }

    @Override
    public void write(Exposition out) {
        out.gauge("laneway_endpoints", "Endpoints of the deployments in use, by state.");
        CompiledTable<Cluster, ServiceRules> now = table.get();
        if (now != null) {
            Map<Target, int[]> counts = new HashMap<>();
            requests.targets().forEach(target -> count(now, target, counts));
            counts.forEach((target, states) -> write(out, target, states));
        }
    }

    private void count(CompiledTable<Cluster, ServiceRules> table, Target target, Map<Target, int[]> counts) {
        ServiceEntry<Cluster, ServiceRules> entry =
                target.service().startsWith("__") ? null : table.service(ServiceId.parse(target.service()));
        LaneEntry laneEntry = target.lane().isEmpty() ? null : table.lane(target.lane());
        DeploymentEntry<Cluster> deployment = entry == null || laneEntry == null ? null : entry.deployment(laneEntry);
        if (deployment == null) {
            return;
        }
        int[] states = counts.computeIfAbsent(requests.shownAs(target), key -> new int[STATES.length]);
        for (int i = 0; i < deployment.ports(); i++) {
            deployment.port(i).state().endpoints().forEach(endpoint -> count(endpoint.state(), states));
        }
    }

    private static void write(Exposition out, Target target, int[] counts) {
        for (EndpointState state : STATES) {
            out.sample(
                    counts[number(state)], "service", target.service(), "lane", target.lane(), "state", state.word());
        }
    }

    private static void count(EndpointState state, int[] counts) {
        counts[number(state)]++;
    }

    @SuppressWarnings("EnumOrdinal") // an index, nothing that lasts
    private static int number(EndpointState state) {
        return state.ordinal();
    }
}
