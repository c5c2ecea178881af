package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.backend.AuthorityLookup;
import io.laneway.k8s.backend.BackendPolicies;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.gateway.AllowedRoutes;
import io.laneway.k8s.route.gateway.Edge;
import io.laneway.k8s.route.gateway.FrontendClients;
import io.laneway.k8s.route.gateway.Gateways;
import io.laneway.k8s.route.gateway.Grants;
import io.laneway.k8s.route.gateway.ListenerSets;
import io.laneway.k8s.route.gateway.Parents;
import io.laneway.k8s.route.gateway.StatusWriter;
import io.laneway.k8s.route.rule.Backends;
import io.laneway.k8s.route.rule.HostsAt;
import io.laneway.k8s.route.rule.ServiceLookup;
import io.laneway.k8s.route.rule.Verdict;
import io.laneway.k8s.watch.Coalescer;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.TableEditor;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableChange.PutService;
import io.laneway.router.table.delta.TableChange.SetRoutes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the table's routes as the HTTPRoutes, GRPCRoutes and TLSRoutes of our Gateway say, the older route first where two say the
 * same. While it runs it owns all routes of the table. Works on a thread of its own; safe for many threads.
 */
public final class EdgeRoutes implements AutoCloseable {

    private static final String OWNER = "gateway-api";
    private static final Duration WINDOW = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How soon it is noticed that another Service has a host. */
    private static final Duration OWNERS = Duration.ofSeconds(1);

    /** How soon it is noticed that a backend's Service has come, gone or changed its ports. */
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final TableEditor editor;
    private final String gateway;
    private final Parents parents;
    private final DiscoveryRules rules;
    private final RouteStatus status;
    private final StatusWriter writer;
    private final Refusals refusals = new Refusals();
    private final PolicyStatuses policyStatuses;
    private final RouteWatch watch;
    private final Gateways statuses;
    private final Supplier<HostOwners> owners;
    private final NotedFindings noted;
    private final AuthorityLookup authorities;
    private HostOwners seen = HostOwners.NONE;
    private BackendPolicies policies = new BackendPolicies();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-routes"));
    private final Coalescer rounds = new Coalescer(thread, WINDOW, this::reconcile);
    private final Runnable policiesChanged = rounds::signal;

    /**
     * @param gateway our Gateway, which routes name as their parent: {@code name} or {@code namespace/name}, {@code *} for a
     *                name is every Gateway of our class
     * @param owners  which Service has which host now
     * @param noted   learns of routes that are refused, and of Services whose host an older route has
     */
    public EdgeRoutes(
            KubernetesClient client,
            TableEditor editor,
            String gateway,
            DiscoveryRules rules,
            Supplier<HostOwners> owners,
            NotedFindings noted,
            Clock clock) {
        this.client = client;
        this.editor = editor;
        this.gateway = gateway;
        this.parents = Parents.of(gateway);
        this.rules = rules;
        this.owners = owners;
        this.noted = noted;
        this.statuses = new Gateways(client, clock);
        this.authorities = new AuthorityLookup(client);
        this.status = new RouteStatus(clock);
        this.writer = new StatusWriter(client);
        this.policyStatuses = new PolicyStatuses(writer, clock);
        this.watch = new RouteWatch(client, rounds::signal);
    }

    /** Says of these policies too what became of them; to be said before the start. */
    public EdgeRoutes withPolicies(BackendPolicies policies) {
        this.policies = policies;
        return this;
    }

    /**
     * Starts to watch; nothing is changed before all kinds are listed, and before it is known which Services are reached by TLS.
     * Without ReferenceGrants none is granted.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start() {
        watch.start();
        policies.listen(policiesChanged);
        thread.scheduleWithFixedDelay(this::lookAtOwners, OWNERS.toMillis(), OWNERS.toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(rounds::signal, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("ReferenceEquality")
    private void lookAtOwners() {
        if (owners.get() != seen) {
            rounds.signal();
        }
    }

    private void reconcile() {
        if (!watch.listed() || policies.pending()) {
            return;
        }
        seen = owners.get();
        authorities.begin();
        ServiceLookup services = new ServiceLookup(client, rules, policies.now().tls());
        List<GatewayClass> known = watch.classes();
        AllowedRoutes allowed = new AllowedRoutes(client);
        ListenerSets sets = ListenerSets.join(Gateways.ours(watch.gateways(), known, parents), watch.sets(), allowed);
        Map<String, Gateway> ours = sets.whole();
        Edge edge = Edge.read(client, ours.values());
        Map<String, List<Set<String>>> attached = new HashMap<>();
        Map<RouteObject, Read> reads = new LinkedHashMap<>();
        for (RouteObject one : watch.routes()) {
            Map<ParentReference, Attachment> parents = attach(one, sets, allowed);
            reads.put(one, read(one, services, parents, Read.hosts(parents.values(), edge)));
        }
        List<Route> found = new ArrayList<>();
        reads.values().forEach(read -> found.addAll(read.verdict().routes()));
        Grants grants = new Grants(watch.grants());
        FrontendClients clients = new FrontendClients(authorities, grants);
        found.addAll(new ListenerIsolation(reads, ours, clients).lastRoutes(found, edge));
        String refusal = apply(found);
        boolean settled = statuses.accept(known, edge) && refusal == null && edge.settled();
        RouteFindings findings = new RouteFindings(seen);
        for (Map.Entry<RouteObject, Read> entry : reads.entrySet()) {
            Read read = entry.getValue();
            settled &= write(entry.getKey(), read, sets, refusal);
            settled &= read.verdict().resolved();
            findings.add(entry.getKey(), read.parents().values(), read.verdict(), refusal);
            if (refusal == null && read.verdict().accepted()) {
                read.count(attached);
            }
        }
        noted.set("routes", findings.all());
        settled &= statuses.write(sets, attached, grants, clients, edge);
        settled &= authorities.answered();
        settled &= policyStatuses.write(policies.now().policies(), reads, services);
        settled &= statuses.decline(Gateways.others(watch.gateways(), known, parents), gateway);
        if (!settled) {
            rounds.again(RETRY);
        }
    }

    private Map<ParentReference, Attachment> attach(RouteObject route, ListenerSets sets, AllowedRoutes allowed) {
        RouteHosts hosts = new RouteHosts(rules.hosts(), seen);
        Map<ParentReference, Attachment> attached = new LinkedHashMap<>();
        for (ParentReference parent : route.parents()) {
            String key = sets.gateway(parent, route.namespace());
            Gateway gateway = key == null ? null : sets.whole().get(key);
            if (gateway != null || (parents.ours(parent, route.namespace()) && !parents.any())) {
                Attachment one = Attachment.of(
                        route,
                        parent,
                        gateway,
                        (in, listener) -> allowed.permit(in, listener, route.kind(), route.namespace()));
                attached.put(parent, hosts.check(route, one));
            }
        }
        return attached;
    }

    private Read read(
            RouteObject route, ServiceLookup services, Map<ParentReference, Attachment> attached, List<HostsAt> hosts) {
        Verdict verdict = new Verdict();
        if (!hosts.isEmpty()) {
            Grants now = new Grants(watch.grants());
            route.known().check(json(route.spec()), verdict);
            parents.check(attached.keySet(), verdict);
            route.read(
                    hosts,
                    new Backends(
                            services,
                            route.namespace(),
                            service -> now.permit(route.kind(), route.namespace(), "Service", service),
                            verdict),
                    verdict);
        }
        return new Read(attached, verdict);
    }

    private Map<?, ?> json(Object spec) {
        KubernetesSerialization json = client.getKubernetesSerialization();
        return json.unmarshal(json.asJson(spec), Map.class);
    }

    /** Sets the routes, with the services that they name and the table does not have yet; what refused it, or null. */
    private @Nullable String apply(List<Route> routes) {
        LaneTable now = editor.current();
        Set<ServiceId> missing = new LinkedHashSet<>();
        routes.forEach(route -> missing.addAll(route.services()));
        now.services().forEach(one -> missing.remove(one.id()));
        List<TableChange> changes = new ArrayList<>();
        missing.forEach(id -> changes.add(new PutService(
                new io.laneway.router.model.service.Service(id, List.of(), null, List.of(), Policy.DEFAULT))));
        if (!now.routes().equals(routes)) {
            changes.add(new SetRoutes(routes));
        }
        if (changes.isEmpty()) {
            return null;
        }
        try {
            editor.apply(OWNER, "routes of Gateway " + gateway, changes)
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return null;
        } catch (CompletionException e) {
            return String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    /** Writes what became of a route; false if that is to be tried again, as when another wrote meanwhile. */
    private boolean write(RouteObject route, Read read, ListenerSets sets, @Nullable String refusal) {
        List<RouteParentStatus> wanted = status(route, read, sets, refusal);
        if (wanted.equals(route.status())) {
            return true;
        }
        String object = "status of " + route.kind() + " " + Meta.key(route.object());
        if (refusals.refused(object, wanted)) {
            return true;
        }
        try {
            return writer.write(route.object(), now -> {
                RouteObject fresh = RouteObject.of(now);
                return fresh.with(status(fresh, read, sets, refusal));
            });
        } catch (KubernetesClientException e) {
            return !refusals.failed(object, wanted, e);
        }
    }

    private List<RouteParentStatus> status(RouteObject route, Read read, ListenerSets sets, @Nullable String refusal) {
        return status.of(
                route.status(),
                parent -> parents.ours(parent, route.namespace()) || sets.isOursOrGone(parent, route.namespace()),
                read.parents(),
                route.object().getMetadata().getGeneration(),
                read.verdict(),
                refusal);
    }

    @Override
    public void close() {
        policies.forget(policiesChanged);
        watch.close();
        thread.shutdownNow();
    }
}
