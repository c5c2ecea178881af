package io.laneway.control.overview;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;

/**
 * A deployment as a cell of the matrix shows it. Immutable.
 *
 * @param service   the service's identity
 * @param endpoints how many it has, of all ports together
 * @param usable    how many of them requests may go to, as far as the table knows
 */
public record OwnDeployment(String service, int endpoints, int usable) {

    static OwnDeployment of(String service, Deployment deployment) {
        int endpoints = 0;
        int usable = 0;
        for (Port port : deployment.ports()) {
            for (Endpoint endpoint : port.endpoints()) {
                endpoints++;
                usable += endpoint.usable() ? 1 : 0;
            }
        }
        return new OwnDeployment(service, endpoints, usable);
    }
}
