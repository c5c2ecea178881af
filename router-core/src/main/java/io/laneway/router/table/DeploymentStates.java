package io.laneway.router.table;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import org.jspecify.annotations.Nullable;

/** Makes the live side of a compiled table. Called by the one thread that compiles; must not fail. */
public interface DeploymentStates {

    /** States that know what the table says and no more. */
    DeploymentStates PUBLISHED = (service, deployment, port, previous) -> new PublishedState(port);

    /**
     * The state of one port of a deployment that is new or changed, or whose service's policy changed. Unchanged ones
     * keep theirs and are not asked for.
     *
     * @param previous the state of the same port (by name and number) in the table before; it may be brought up to
     *                 date and returned, else it is closed
     */
    DeploymentState open(Service service, Deployment deployment, Port port, @Nullable DeploymentState previous);

    /**
     * Something of the caller's own to be kept at a service, such as its policy objects; null for nothing.
     *
     * @param previous what was kept at the service before it changed
     */
    default @Nullable Object attach(Service service, @Nullable Object previous) {
        return null;
    }
}
