package io.laneway.gateway.upstream;

import io.laneway.router.model.Deployment;
import io.laneway.router.model.Port;
import io.laneway.router.model.Service;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.table.DeploymentStates;
import org.jspecify.annotations.Nullable;

/** Makes the clusters of compiled tables. Confined to the thread that updates the table. */
public final class Clusters implements DeploymentStates {

    private final int loops;

    /** @param loops how many event loops the gateway has */
    public Clusters(int loops) {
        this.loops = loops;
    }

    @Override
    public DeploymentState open(Service service, Deployment deployment, Port port, @Nullable DeploymentState previous) {
        if (previous instanceof Cluster cluster && cluster.compatible(deployment, port)) {
            cluster.update(service, deployment, port);
            return cluster;
        }
        return Cluster.of(service, deployment, port, loops);
    }
}
