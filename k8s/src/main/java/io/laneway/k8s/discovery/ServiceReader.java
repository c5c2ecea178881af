package io.laneway.k8s.discovery;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.object.PortProtocol;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.check.TableCheck;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
        String wrong = wrong(identity.service(), List.of());
        if (wrong != null) {
            findings.add(new Finding(Finding.Kind.UNREADABLE, Meta.key(service), wrong));
        }
        // One that was pointed at the gateway may have its pods for endpoints still, whatever it selects now.
        boolean proxied = OwnBackends.pointed(service) || OwnBackends.noted(service);
        List<Port> ports = proxied ? List.of() : ports(service, new SliceEndpoints(service, slices), findings);
        return new Found(
                Meta.key(service),
                Meta.created(service),
                identity,
                rules.style() == LaneStyle.LABELS || identity.lane().equals(rules.lane(Meta.namespace(service))),
                Meta.annotations(service).containsKey(Marks.MADE_FOR),
                proxied ? Map.of() : Meta.selector(service),
                proxied,
                hosts(service, identity, findings),
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

    private static List<String> hosts(Service service, Identity identity, List<Finding> findings) {
        List<String> hosts = new ArrayList<>();
        String noted = Meta.annotations(service).getOrDefault(Marks.HOSTS, "");
        for (String one : noted.split(",")) {
            String host = one.strip().toLowerCase(Locale.ROOT);
            host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            if (host.isEmpty() || hosts.contains(host)) {
                continue;
            }
            String wrong = wrong(identity.service(), List.of(host));
            if (wrong == null) {
                hosts.add(host);
            } else {
                findings.add(new Finding(Finding.Kind.HOST_NOT_ALLOWED, Meta.key(service), wrong));
            }
        }
        return hosts;
    }

    /** What the table's check says of a service with these hosts: one that it refuses must not reach any gateway. */
    private static @Nullable String wrong(ServiceId id, List<String> hosts) {
        LaneTable usual = LaneTable.EMPTY;
        var service = new io.laneway.router.model.service.Service(id, hosts, null, List.of(), Policy.DEFAULT);
        List<Problem> problems = TableCheck.check(
                new LaneTable(0, usual.base(), usual.carriers(), List.of(), List.of(service), List.of(), List.of()));
        return problems.isEmpty() ? null : problems.get(0).toString();
    }
}
