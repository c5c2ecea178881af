package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.table.DeploymentStates;
import org.jspecify.annotations.Nullable;

/** Makes the clusters of compiled tables. Confined to the thread that updates the table. */
public final class Clusters implements DeploymentStates {

    private final ClusterEnvironment means;

    public Clusters(ClusterEnvironment means) {
        this.means = means;
    }

    @Override
    public DeploymentState open(Service service, Deployment deployment, Port port, @Nullable DeploymentState previous) {
        if (previous instanceof Cluster cluster && cluster.compatible(deployment, port)) {
            cluster.update(service, deployment, port);
            return cluster;
        }
        return Cluster.of(service, deployment, port, means);
    }

    @Override
    public @Nullable Object attach(Service service, @Nullable Object previous) {
        return ServiceRules.of(service, previous, means.nanos());
    }
}
