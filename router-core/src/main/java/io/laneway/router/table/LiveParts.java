package io.laneway.router.table;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * Makes the live side of a compiled table, which is typed by it. Called by the one thread that compiles; must not fail.
 *
 * @param <S> what lives behind each port of a deployment
 * @param <R> what is kept at each service, such as its policy made ready for requests
 */
public interface LiveParts<S extends DeploymentState, R> {

    /** States that know what the table says and no more, and nothing at the services. */
    LiveParts<PublishedState, Void> PUBLISHED = (service, deployment, port, previous) -> new PublishedState(port);

    /**
     * The state of one port of a deployment that is new or changed, or whose service's policy changed. Unchanged ones
     * keep theirs and are not asked for.
     *
     * @param previous the state of the same port (by name and number) in the table before; it may be brought up to
     *                 date and returned, else it is closed
     */
    S open(Service service, Deployment deployment, Port port, @Nullable S previous);

    /**
     * What is kept at a service that is new or changed; null for nothing.
     *
     * @param previous what was kept at the service before it changed
     */
    default @Nullable R rules(Service service, @Nullable R previous) {
        return null;
    }
}
