package io.laneway.router.table;

import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;

/** A state that knows the endpoints as the table publishes them, and no health beyond it. Immutable. */
public final class PublishedState implements DeploymentState {

    private final boolean usable;

    public PublishedState(Port port) {
        this.usable = port.endpoints().stream().anyMatch(Endpoint::usable);
    }

    @Override
    public boolean usable() {
        return usable;
    }
}
