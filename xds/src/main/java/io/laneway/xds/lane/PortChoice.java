package io.laneway.xds.lane;

import io.laneway.router.model.service.Port;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How requests name the port that they are for, where deployments have several. Immutable. docs/concepts/decision.md#service.
 *
 * @param number the port in the request's authority, {@link Port#ANY} for none of those that a deployment has
 * @param grpc   whether it is a call of gRPC
 */
public record PortChoice(int number, boolean grpc) {

    /** The only one of services whose deployments have one port. */
    public static final PortChoice ONLY = new PortChoice(Port.ANY, false);

    /** Of gRPC clients, which name no number. */
    public static final PortChoice GRPC = new PortChoice(Port.ANY, true);

    /** All by which requests of a service differ, the particular ones first; the last one is for all others. */
    public static List<PortChoice> of(ServiceEntry<PublishedState, ?> service) {
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < service.deployments(); i++) {
            DeploymentEntry<PublishedState> deployment = service.deployment(i);
            if (deployment.only() == null) {
                deployment.deployment().ports().forEach(port -> numbers.add(port.number()));
            }
        }
        numbers.remove(Port.ANY);
        List<PortChoice> choices = new ArrayList<>();
        numbers.forEach(number -> choices.addAll(numbered(service, number)));
        choices.addAll(numbered(service, Port.ANY));
        return choices;
    }

    private static List<PortChoice> numbered(ServiceEntry<PublishedState, ?> service, int number) {
        PortChoice plain = new PortChoice(number, false);
        PortChoice calls = new PortChoice(number, true);
        for (int i = 0; i < service.deployments(); i++) {
            if (plain.port(service.deployment(i)) != calls.port(service.deployment(i))) {
                return List.of(calls, plain);
            }
        }
        return List.of(plain);
    }

    /** The choice of requests for the port of that number, whatever they name; this one for {@link Port#ANY}. */
    public PortChoice at(int port) {
        return port == Port.ANY ? this : new PortChoice(port, grpc);
    }

    /** The port of a deployment. */
    public PortEntry<PublishedState> port(DeploymentEntry<PublishedState> deployment) {
        return deployment.select(number, grpc);
    }
}
