package io.laneway.k8s.discovery;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.laneway.router.model.Port;
import io.laneway.router.model.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one Service with its EndpointSlices. Pure: the same objects give the same result. Immutable. */
final class ServiceReader {

    private final DiscoveryRules rules;

    ServiceReader(DiscoveryRules rules) {
        this.rules = rules;
    }

    /** What the Service contributes; null if it takes no part in routing. */
    @Nullable
    Found read(Service service, Collection<EndpointSlice> slices) {
        Identity identity = Identity.of(service, rules);
        if (identity == null) {
            return null;
        }
        List<Finding> findings = new ArrayList<>();
        boolean proxied = Meta.proxied(service);
        List<Port> ports = proxied ? List.of() : ports(service, new SliceEndpoints(service, slices), findings);
        return new Found(
                Meta.key(service),
                Meta.created(service),
                identity,
                proxied ? Map.of() : Meta.selector(service),
                proxied,
                hosts(service),
                ports,
                findings);
    }

    private static List<Port> ports(Service service, SliceEndpoints endpoints, List<Finding> findings) {
        List<Port> ports = new ArrayList<>();
        if (service.getSpec() == null || service.getSpec().getPorts() == null) {
            return ports;
        }
        for (ServicePort port : service.getSpec().getPorts()) {
            Protocol protocol = PortProtocol.of(port);
            String name = port.getName() == null ? "" : port.getName();
            if (protocol == null) {
                findings.add(new Finding(Finding.Kind.UNSERVABLE_PORT, Meta.key(service), unservable(port, name)));
            } else {
                ports.add(new Port(name, port.getPort(), protocol, endpoints.of(name)));
            }
        }
        return ports;
    }

    private static String unservable(ServicePort port, String name) {
        return "port " + port.getPort() + " named '" + name + "'"
                + (port.getAppProtocol() == null ? "" : ", appProtocol '" + port.getAppProtocol() + "'")
                + " is not served (expected: TCP, and a name that begins with http, http2, grpc, h2c, https, ws)";
    }

    private static List<String> hosts(Service service) {
        String hosts = Meta.annotations(service).getOrDefault(Marks.HOSTS, "");
        return Arrays.stream(hosts.split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
    }
}
