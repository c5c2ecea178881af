package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.laneway.k8s.object.PortProtocol;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.model.service.Protocol;
import org.jspecify.annotations.Nullable;

/** Says of a Service why it cannot be proxied. Pure. */
final class Fitness {

    private Fitness() {}

    /** What is wrong and what was expected; null if nothing is. */
    static @Nullable String unfit(Service service, OwnBackends own, GatewayPods gateway) {
        if (own.selector().isEmpty()) {
            return "no selector (expected: one)";
        }
        if (own.selector().equals(gateway.selector())) {
            return "it points at the gateway and nothing says what it selected before"
                    + " (expected: its own selector; apply its manifest again)";
        }
        if ("None".equals(service.getSpec().getClusterIP())) {
            return "it is headless: callers connect to its pods' own ports (expected: a cluster IP)";
        }
        for (ServicePort port : own.ports()) {
            Protocol protocol = PortProtocol.of(port);
            if (protocol == null || protocol == Protocol.HTTPS || protocol == Protocol.H2) {
                return "port " + port.getPort() + (protocol == null ? " is not HTTP" : " is called by TLS")
                        + " and would be lost (expected: HTTP in plain text; put other ports into a Service of their own)";
            }
        }
        return null;
    }
}
