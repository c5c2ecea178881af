package io.laneway.xds.resource;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.ShiftEntry;
import io.laneway.xds.filter.ServiceFilters;
import io.laneway.xds.lane.ClusterNames;
import io.laneway.xds.lane.LaneRoutes;
import io.laneway.xds.lane.LaneTree;
import io.laneway.xds.lane.PortChoice;
import io.laneway.xds.lane.Tenants;
import io.laneway.xds.route.EnvoyHosts;
import io.laneway.xds.route.GrpcRoutes;
import io.laneway.xds.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says one service of a table in xDS, keeping what has not changed since it was said last. Confined to one thread. */
final class ServiceTranslator {

    private final CompiledTable<PublishedState, Void> before;
    private final CompiledTable<PublishedState, Void> table;
    private final LaneTree tree;
    private final Hosts hosts;

    /** @param before the table whose services were said last */
    ServiceTranslator(
            CompiledTable<PublishedState, Void> before,
            CompiledTable<PublishedState, Void> table,
            LaneTree tree,
            Hosts hosts) {
        this.before = before;
        this.table = table;
        this.tree = tree;
        this.hosts = hosts;
    }

    /** All of a service, with what it was before as far as that is the same. */
    ServiceResources whole(ServiceEntry<PublishedState, Void> entry, @Nullable ShiftEntry shift, Earlier earlier) {
        Service service = entry.service();
        ServiceFilters filters = new ServiceFilters(service.policy(), tenants(shift));
        Unsaid unsaid = Unsaid.of(service, filters);
        if (unsaid.refused()) {
            return ServiceResources.refused(
                    service.id(), unserved(service, false), unserved(service, true), unsaid.findings());
        }
        List<Finding> findings = new ArrayList<>(unsaid.findings());
        Tenants tenants = Tenants.of(shift);
        if (tenants.any()) {
            findings.add(Unsaid.finding(
                    Unsaid.REFUSED,
                    service,
                    "shift " + tenants.shift()
                            + ": tenants cannot be assigned in xDS, so its clients refuse requests of"
                            + " tenants that carry no lane (expected: a gateway in front of it, which stamps them)"));
        }
        Map<PortChoice, LaneRoutes> routes = new LinkedHashMap<>();
        for (PortChoice choice : PortChoice.of(entry)) {
            routes.put(choice, LaneRoutes.of(table, entry, tree, false, choice));
        }
        LaneRoutes ready = LaneRoutes.of(table, entry, tree, true, PortChoice.GRPC);
        Map<String, Resource> clusters = new LinkedHashMap<>();
        Map<String, Resource> grpcClusters = new LinkedHashMap<>();
        Map<String, Resource> endpoints = new LinkedHashMap<>();
        Map<String, Resource> secrets = new LinkedHashMap<>();
        for (int i = 0; i < entry.deployments(); i++) {
            deployment(entry.deployment(i), service, earlier, clusters, grpcClusters, endpoints, secrets);
        }
        routes.values()
                .forEach(each -> each.chains()
                        .forEach((name, chain) -> clusters.put(
                                name,
                                earlier.chain(
                                        name, () -> Clusters.chain(name, chain, service.policy(), Dialect.ENVOY)))));
        ready.chains()
                .forEach((name, chain) -> grpcClusters.put(
                        name,
                        earlier.grpcChain(
                                name, chain, () -> Clusters.chain(name, chain, service.policy(), Dialect.GRPC))));
        boolean grpc = grpc(entry, findings);
        Target target = new Target(
                service, routes, tenants, filters, faulty(service.policy().fault()));
        return new ServiceResources(
                service.id(),
                target,
                clusters,
                grpc ? grpcClusters : Map.of(),
                ready.chains(),
                endpoints,
                secrets,
                host(target, hosts.plain(service.id(), false), false),
                target.closed() ? unserved(service, true) : host(target, hosts.plain(service.id(), true), true),
                grpc ? targets(service) : Map.of(),
                grpc ? routes(service, ready, tenants) : Map.of(),
                List.copyOf(findings));
    }

    /** Where requests carry their tenant. */
    static List<TenantSource> tenants(@Nullable ShiftEntry shift) {
        return shift == null ? List.of() : shift.shift().tenant();
    }

    /** The lane whose requests a fault is for, null for none. */
    private @Nullable LaneEntry faulty(@Nullable Fault fault) {
        LaneEntry lane = fault == null ? null : table.lane(fault.lane());
        return lane == null || (lane.expired() && !lane.isBase()) ? null : lane;
    }

    private @Nullable EncodedHost unserved(Service service, boolean external) {
        List<String> names = hosts.plain(service.id(), external);
        return names.isEmpty() ? null : EncodedHost.of(EnvoyHosts.unserved(service.id(), names, external));
    }

    /** Whether gRPC clients can have all deployments: EDS has no host names, and TLS is a matter of their own bootstrap. */
    private static boolean grpc(ServiceEntry<PublishedState, Void> entry, List<Finding> findings) {
        Service service = entry.service();
        Policy policy = service.policy();
        if (Unsaid.withoutGrpc(policy)) {
            return false;
        }
        if (policy.fault() != null || policy.sticky() != null) {
            findings.add(Unsaid.finding(
                    Unsaid.LEFT_OUT,
                    service,
                    (policy.fault() == null ? "policy.sticky" : "policy.fault")
                            + ": gRPC clients have no such filter, so they get this service without; Envoys have it"));
        }
        for (int i = 0; i < entry.deployments(); i++) {
            Deployment deployment = entry.deployment(i).deployment();
            Port port = PortChoice.GRPC.port(entry.deployment(i)).port();
            boolean names = !Addresses.literal(port.endpoints());
            if (names || UpstreamProtocol.secure(port.protocol(), deployment.tlsOf(port))) {
                findings.add(Unsaid.finding(
                        Unsaid.REFUSED,
                        service,
                        "deployment " + deployment.lane() + ": " + (names ? "endpoints by name" : "TLS")
                                + ", so no gRPC client gets this service; Envoys do (expected: IP addresses, no TLS)"));
                return false;
            }
        }
        return true;
    }

    private Map<String, Resource> targets(Service service) {
        Map<String, Resource> listeners = new LinkedHashMap<>();
        for (String target : hosts.domains().targets(service.id())) {
            Message listener = Listeners.api(target, routeName(service));
            listeners.put(target, Resource.of(ResourceType.LISTENER, target, listener));
        }
        return listeners;
    }

    private Map<String, Resource> routes(Service service, LaneRoutes routes, Tenants tenants) {
        String name = routeName(service);
        Message message =
                GrpcRoutes.of(name, service, routes, tenants, table.model().carriers());
        return Map.of(name, Resource.of(ResourceType.ROUTES, name, message));
    }

    private static String routeName(Service service) {
        return "grpc/" + service.id();
    }

    private @Nullable EncodedHost host(Target target, List<String> names, boolean external) {
        return names.isEmpty()
                ? null
                : EncodedHost.of(EnvoyHosts.of(target, table.model().carriers(), names, external));
    }

    private void deployment(
            DeploymentEntry<PublishedState> entry,
            Service service,
            Earlier earlier,
            Map<String, Resource> clusters,
            Map<String, Resource> grpcClusters,
            Map<String, Resource> endpoints,
            Map<String, Resource> secrets) {
        Deployment deployment = entry.deployment();
        LaneEntry lane = table.lane(deployment.lane());
        if (lane == null) {
            return;
        }
        Port ofCalls = PortChoice.GRPC.port(entry).port();
        for (Port port : deployment.ports()) {
            String name = ClusterNames.of(service.id().toString(), lane, deployment, port);
            put(clusters, Dialect.ENVOY, name, deployment, port, service.policy(), earlier);
            if (port.equals(ofCalls)) {
                put(grpcClusters, Dialect.GRPC, name, deployment, port, service.policy(), earlier);
            }
            if (UpstreamProtocol.secure(port.protocol(), deployment.tlsOf(port))) {
                for (Secret secret : Secrets.of(name, deployment.tlsOf(port))) {
                    secrets.put(secret.getName(), Resource.of(ResourceType.SECRET, secret.getName(), secret));
                }
            }
            if (Addresses.literal(port.endpoints())) {
                Resource kept = isNamedAsBefore(lane) ? earlier.endpoints(name, deployment) : null;
                endpoints.put(name, kept == null ? assignment(name, lane, port.endpoints()) : kept);
            }
        }
    }

    static Resource assignment(String name, LaneEntry lane, List<Endpoint> endpoints) {
        return Resource.of(ResourceType.ENDPOINTS, name, Assignments.of(name, lane.name(), endpoints));
    }

    /** Endpoints have the lane's name, which may differ from how a deployment writes it. */
    private boolean isNamedAsBefore(LaneEntry lane) {
        LaneEntry old = before.lane(lane.name());
        return old != null && old.name().equals(lane.name());
    }

    private static void put(
            Map<String, Resource> clusters,
            Dialect dialect,
            String name,
            Deployment deployment,
            Port port,
            Policy policy,
            Earlier earlier) {
        clusters.put(
                name,
                earlier.cluster(dialect, name, deployment, () -> Clusters.of(name, deployment, port, policy, dialect)));
    }

    /**
     * The service where nothing but endpoints may have changed since it was said; null where more has.
     *
     * @param said what was said
     */
    @Nullable
    ServiceResources endpointsAlone(
            ServiceEntry<PublishedState, Void> before, ServiceEntry<PublishedState, Void> now, ServiceResources said) {
        Service old = before.service();
        Service service = now.service();
        if (said.clusters().isEmpty()
                || old.deployments().size() != service.deployments().size()
                || !old.policy().equals(service.policy())
                || !old.hosts().equals(service.hosts())
                || !Objects.equals(old.shift(), service.shift())) {
            return null;
        }
        Map<String, Resource> changed = new HashMap<>();
        for (int i = 0; i < service.deployments().size(); i++) {
            Deployment from = old.deployments().get(i);
            Deployment to = service.deployments().get(i);
            if (from.equals(to)) {
                continue;
            }
            LaneEntry lane = table.lane(to.lane());
            if (lane == null || !endpointsAlone(from, to)) {
                return null;
            }
            String name = ClusterNames.of(service.id().toString(), lane);
            changed.put(name, assignment(name, lane, to.ports().get(0).endpoints()));
        }
        Map<String, Resource> endpoints = new LinkedHashMap<>(said.endpoints());
        endpoints.putAll(changed);
        return new ServiceResources(
                said.id(),
                said.target(),
                said.clusters(),
                said.grpcClusters(),
                said.grpcChains(),
                endpoints,
                said.secrets(),
                said.internal(),
                said.external(),
                said.listeners(),
                said.routes(),
                said.findings());
    }

    private static boolean endpointsAlone(Deployment from, Deployment to) {
        Port old = from.ports().get(0);
        Port now = to.ports().get(0);
        return from.lane().equals(to.lane())
                && from.ports().size() == 1
                && to.ports().size() == 1
                && Objects.equals(from.tlsOf(old), to.tlsOf(now))
                && old.protocol() == now.protocol()
                && Addresses.literal(old.endpoints())
                && Addresses.literal(now.endpoints())
                && old.endpoints().stream().anyMatch(Endpoint::usable)
                        == now.endpoints().stream().anyMatch(Endpoint::usable);
    }
}
