package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.table.LiveParts;
import org.jspecify.annotations.Nullable;

/** Makes the clusters of compiled tables. Confined to the thread that updates the table. */
public final class Clusters implements LiveParts<Cluster, ServiceRules> {

    private final ClusterEnvironment environment;

    public Clusters(ClusterEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Cluster open(Service service, Deployment deployment, Port port, @Nullable Cluster previous) {
        if (previous != null && previous.compatible(deployment, port)) {
            previous.update(service, deployment, port);
            return previous;
        }
        return Cluster.of(service, deployment, port, environment);
    }

    @Override
    public @Nullable ServiceRules rules(Service service, @Nullable ServiceRules previous) {
        return ServiceRules.of(service, previous, environment.nanos(), environment.rates());
    }
}
