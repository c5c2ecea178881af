package io.laneway.gateway.metrics;

import io.laneway.router.model.Endpoint;
import io.laneway.router.model.ServiceId;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.ServiceEntry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many endpoints the deployments in use have, by what the table says of them. Safe for many threads. */
public final class EndpointMetrics implements MetricSource {

    private final Supplier<@Nullable CompiledTable> table;
    private final RequestMetrics requests;

    public EndpointMetrics(Supplier<@Nullable CompiledTable> table, RequestMetrics requests) {
        this.table = table;
        this.requests = requests;
    }

    @Override
    public void write(Exposition out) {
        out.gauge("laneway_endpoints", "Endpoints of the deployments in use, by state.");
        CompiledTable now = table.get();
        if (now != null) {
            requests.targets().forEach(target -> write(out, now, target.service(), target.lane()));
        }
    }

    private static void write(Exposition out, CompiledTable table, String service, String lane) {
        ServiceEntry entry = service.startsWith("__") ? null : table.service(ServiceId.parse(service));
        LaneEntry laneEntry = lane.isEmpty() ? null : table.lane(lane);
        DeploymentEntry deployment = entry == null || laneEntry == null ? null : entry.deployment(laneEntry);
        if (deployment == null) {
            return;
        }
        long ready = 0;
        long draining = 0;
        long unready = 0;
        for (int i = 0; i < deployment.ports(); i++) {
            for (Endpoint endpoint : deployment.port(i).port().endpoints()) {
                ready += endpoint.usable() ? 1 : 0;
                draining += endpoint.draining() ? 1 : 0;
                unready += endpoint.usable() || endpoint.draining() ? 0 : 1;
            }
        }
        out.sample(ready, "service", service, "lane", lane, "state", "ready");
        out.sample(unready, "service", service, "lane", lane, "state", "unready");
        out.sample(draining, "service", service, "lane", lane, "state", "draining");
    }
}
