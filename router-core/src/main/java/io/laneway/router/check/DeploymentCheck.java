package io.laneway.router.check;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the ports and endpoints of a deployment. */
final class DeploymentCheck {

    private DeploymentCheck() {}

    static void check(Deployment deployment, PathProblems at) {
        List<Port> ports = deployment.ports();
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            if (ports.size() > 1 && port.number() == Port.ANY) {
                at.add(path(i) + "port", "missing", "a port number, since there are several ports");
            } else if (!numbers.add(port.number())) {
                at.add(path(i) + "port", port.number() + " is there twice", "another port number");
            }
            endpoints(port, ports, i, at);
        }
    }

    private static void endpoints(Port port, List<Port> ports, int place, PathProblems at) {
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < port.endpoints().size(); i++) {
            Endpoint endpoint = port.endpoints().get(i);
            boolean valid = HostSyntax.isAddress(endpoint.address());
            if (valid && addresses.add(endpoint.address())) {
                continue;
            }
            boolean shortForm = ports.size() == 1
                    && port.number() == Port.ANY
                    && port.name().isEmpty();
            String path = shortForm ? "" : path(place);
            at.add(
                    path + "endpoints[" + i + "]",
                    "'" + endpoint.address() + "'" + (valid ? " is there twice" : ""),
                    valid ? "each address once" : "host:port");
        }
    }

    private static String path(int port) {
        return "ports[" + port + "].";
    }
}
