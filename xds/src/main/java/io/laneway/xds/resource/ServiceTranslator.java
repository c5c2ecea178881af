package io.laneway.xds.resource;

import com.google.protobuf.Message;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.ShiftEntry;
import io.laneway.xds.route.ClusterNames;
import io.laneway.xds.route.EnvoyHosts;
import io.laneway.xds.route.GrpcRoutes;
import io.laneway.xds.route.LaneRoutes;
import io.laneway.xds.route.LaneTree;
import io.laneway.xds.route.Target;
import io.laneway.xds.route.Tenants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says one service of a table in xDS, keeping what has not changed since it was said last. Confined to one thread. */
final class ServiceTranslator {

    private final CompiledTable<PublishedState, Void> table;
    private final LaneTree tree;
    private final Hosts hosts;

    ServiceTranslator(CompiledTable<PublishedState, Void> table, LaneTree tree, Hosts hosts) {
        this.table = table;
        this.tree = tree;
        this.hosts = hosts;
    }

    /** All of a service. */
    ServiceResources whole(ServiceEntry<PublishedState, Void> entry, @Nullable ShiftEntry shift) {
        Service service = entry.service();
        Unsaid unsaid = Unsaid.of(service);
        if (unsaid.refusal() != null) {
            return ServiceResources.refused(service.id(), unsaid.findings());
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
        LaneRoutes routes = LaneRoutes.of(table, entry, tree, false);
        LaneRoutes ready = LaneRoutes.of(table, entry, tree, true);
        Map<String, Resource> clusters = new LinkedHashMap<>();
        Map<String, Resource> grpcClusters = new LinkedHashMap<>();
        Map<String, Resource> endpoints = new LinkedHashMap<>();
        for (int i = 0; i < entry.deployments(); i++) {
            deployment(entry.deployment(i).deployment(), service, clusters, grpcClusters, endpoints);
        }
        routes.chains()
                .forEach((name, chain) ->
                        put(clusters, name, Clusters.chain(name, chain, service.policy(), Dialect.ENVOY)));
        ready.chains()
                .forEach((name, chain) ->
                        put(grpcClusters, name, Clusters.chain(name, chain, service.policy(), Dialect.GRPC)));
        boolean grpc = grpc(service, findings);
        Target target = new Target(service, routes, tenants);
        return new ServiceResources(
                service.id(),
                target,
                clusters,
                grpc ? grpcClusters : Map.of(),
                endpoints,
                host(target, hosts.plain(service.id(), false), false),
                host(target, hosts.plain(service.id(), true), true),
                grpc ? targets(service) : Map.of(),
                grpc ? routes(service, ready, tenants) : Map.of(),
                List.copyOf(findings));
    }

    /** Whether gRPC clients can be told all deployments: EDS has no host names, and TLS is a matter of their own bootstrap. */
    private static boolean grpc(Service service, List<Finding> findings) {
        for (Deployment deployment : service.deployments()) {
            Port port = deployment.ports().get(0);
            boolean names = !Addresses.literal(port.endpoints());
            if (names || UpstreamProtocol.secure(port.protocol(), deployment.tls())) {
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
            Deployment deployment,
            Service service,
            Map<String, Resource> clusters,
            Map<String, Resource> grpcClusters,
            Map<String, Resource> endpoints) {
        LaneEntry lane = table.lane(deployment.lane());
        if (lane == null) {
            return;
        }
        String name = ClusterNames.of(service.id().toString(), lane);
        Port port = deployment.ports().get(0);
        put(clusters, name, Clusters.of(name, deployment, service.policy(), Dialect.ENVOY));
        put(grpcClusters, name, Clusters.of(name, deployment, service.policy(), Dialect.GRPC));
        if (Addresses.literal(port.endpoints())) {
            endpoints.put(name, assignment(name, lane, port.endpoints()));
        }
    }

    static Resource assignment(String name, LaneEntry lane, List<Endpoint> endpoints) {
        return Resource.of(ResourceType.ENDPOINTS, name, Assignments.of(name, lane.name(), endpoints));
    }

    private static void put(Map<String, Resource> resources, String name, Message cluster) {
        resources.put(name, Resource.of(ResourceType.CLUSTER, name, cluster));
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
                endpoints,
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
                && Objects.equals(from.tls(), to.tls())
                && old.protocol() == now.protocol()
                && Addresses.literal(old.endpoints())
                && Addresses.literal(now.endpoints())
                && old.endpoints().stream().anyMatch(Endpoint::usable)
                        == now.endpoints().stream().anyMatch(Endpoint::usable);
    }
}
