package io.laneway.gateway;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.table.DeploymentStates;
import org.jspecify.annotations.Nullable;

/**
 * States made by somebody who is made later: the table's holder and the data plane need each other. Until then there is
 * no table, and so nothing to make. Safe for many threads.
 */
final class LateStates implements DeploymentStates {

    private volatile DeploymentStates states = DeploymentStates.PUBLISHED;

    void are(DeploymentStates states) {
        this.states = states;
    }

    @Override
    public DeploymentState open(Service service, Deployment deployment, Port port, @Nullable DeploymentState previous) {
        return states.open(service, deployment, port, previous);
    }

    @Override
    public @Nullable Object attach(Service service, @Nullable Object previous) {
        return states.attach(service, previous);
    }
}
