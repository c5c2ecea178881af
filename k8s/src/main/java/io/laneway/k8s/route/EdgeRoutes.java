package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.discovery.Identity;
import io.laneway.k8s.discovery.Meta;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.Route;
import io.laneway.router.model.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.TableEditor;
import io.laneway.router.table.TableDelta.Change;
import io.laneway.router.table.TableDelta.PutService;
import io.laneway.router.table.TableDelta.SetRoutes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table's routes as the HTTPRoutes and GRPCRoutes of our Gateway say, the older route first where two say the
 * same. While it runs it owns all routes of the table. Works on a thread of its own; safe for many threads.
 */
public final class EdgeRoutes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EdgeRoutes.class);
    private static final String OWNER = "gateway-api";
    private static final Duration WINDOW = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final TableEditor editor;
    private final String gateway;
    private final DiscoveryRules rules;
    private final RouteStatus status;
    private final SharedIndexInformer<HTTPRoute> http;
    private final SharedIndexInformer<GRPCRoute> grpc;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "laneway-k8s-routes");
        made.setDaemon(true);
        return made;
    });

    /** @param gateway the name of our Gateway, which routes name as their parent */
    public EdgeRoutes(KubernetesClient client, TableEditor editor, String gateway, DiscoveryRules rules, Clock clock) {
        this.client = client;
        this.editor = editor;
        this.gateway = gateway;
        this.rules = rules;
        this.status = new RouteStatus(clock);
        this.http = watch(client.resources(HTTPRoute.class).inAnyNamespace().runnableInformer(0));
        this.grpc = watch(client.resources(GRPCRoute.class).inAnyNamespace().runnableInformer(0));
    }

    private <T> SharedIndexInformer<T> watch(SharedIndexInformer<T> informer) {
        informer.addEventHandler(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T added) {
                signal(WINDOW);
            }

            @Override
            public void onUpdate(T old, T now) {
                signal(WINDOW);
            }

            @Override
            public void onDelete(T gone, boolean unknown) {
                signal(WINDOW);
            }
        });
        return informer.exceptionHandler((started, problem) -> true);
    }

    /** Starts to watch; nothing is changed before both kinds are listed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start() {
        http.start()
                .runAfterBoth(grpc.start(), () -> log.atDebug().log("routes listed"))
                .thenRun(() -> signal(Duration.ZERO));
    }

    private void signal(Duration delay) {
        if (waiting.compareAndSet(false, true)) {
            later(delay, this::reconcile);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void later(Duration delay, Runnable task) {
        try {
            thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("change after close");
        }
    }

    private void reconcile() {
        waiting.set(false);
        if (!http.hasSynced() || !grpc.hasSynced()) {
            return;
        }
        try {
            Backends backends = new Backends(this::service);
            HttpRoutes httpRoutes = new HttpRoutes(backends);
            GrpcRoutes grpcRoutes = new GrpcRoutes(backends);
            Map<HasMetadata, Verdict> verdicts = new LinkedHashMap<>();
            ours().forEach(one -> verdicts.put(
                    one, one instanceof HTTPRoute route ? httpRoutes.read(route) : grpcRoutes.read((GRPCRoute) one)));
            String refusal = apply(verdicts.values().stream()
                    .flatMap(one -> one.routes().stream())
                    .toList());
            verdicts.forEach((object, verdict) -> write(object, verdict, refusal));
            boolean settled = refusal == null && verdicts.values().stream().allMatch(Verdict::resolved);
            if (!settled) {
                later(RETRY, () -> signal(Duration.ZERO));
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("edge routes not reconciled, will try again");
            later(RETRY, () -> signal(Duration.ZERO));
        }
    }

    /** The oldest first, as the Gateway API orders routes that say the same. */
    private List<HasMetadata> ours() {
        List<HasMetadata> ours = new ArrayList<>();
        http.getStore().list().stream().filter(one -> !parents(one).isEmpty()).forEach(ours::add);
        grpc.getStore().list().stream().filter(one -> !parents(one).isEmpty()).forEach(ours::add);
        ours.sort(Comparator.comparing((HasMetadata one) -> Meta.created(one)).thenComparing(one -> Meta.key(one)));
        return ours;
    }

    private List<ParentReference> parents(HasMetadata object) {
        List<ParentReference> all = object instanceof HTTPRoute route
                ? route.getSpec().getParentRefs()
                : ((GRPCRoute) object).getSpec().getParentRefs();
        return all.stream()
                .filter(one -> gateway.equals(one.getName())
                        && (one.getKind() == null || one.getKind().equals("Gateway")))
                .toList();
    }

    private @Nullable ServiceId service(String namespace, String name) {
        Service service =
                client.services().inNamespace(namespace).withName(name).get();
        Identity identity = service == null ? null : Identity.of(service, rules);
        return identity == null ? null : identity.service();
    }

    /** Sets the routes, with the services that they name and the table does not have yet; what refused it, or null. */
    private @Nullable String apply(List<Route> routes) {
        LaneTable now = editor.current();
        Set<ServiceId> missing = new LinkedHashSet<>();
        routes.forEach(route -> missing.addAll(route.services()));
        now.services().forEach(one -> missing.remove(one.id()));
        List<Change> changes = new ArrayList<>();
        missing.forEach(id -> changes.add(
                new PutService(new io.laneway.router.model.Service(id, List.of(), null, List.of(), Policy.DEFAULT))));
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

    /** Writes into a copy: the informer's own object must stay as the API server gave it. */
    private void write(HasMetadata object, Verdict verdict, @Nullable String refusal) {
        Long generation = object.getMetadata().getGeneration();
        if (object instanceof HTTPRoute route) {
            List<RouteParentStatus> present =
                    route.getStatus() == null ? List.of() : route.getStatus().getParents();
            List<RouteParentStatus> wanted = status.of(present, parents(route), generation, verdict, refusal);
            if (!wanted.equals(present)) {
                client.resource(new HTTPRouteBuilder(route)
                                .withStatus(new HTTPRouteStatus(wanted))
                                .build())
                        .updateStatus();
            }
        } else if (object instanceof GRPCRoute route) {
            List<RouteParentStatus> present =
                    route.getStatus() == null ? List.of() : route.getStatus().getParents();
            List<RouteParentStatus> wanted = status.of(present, parents(route), generation, verdict, refusal);
            if (!wanted.equals(present)) {
                client.resource(new GRPCRouteBuilder(route)
                                .withStatus(new GRPCRouteStatus(wanted))
                                .build())
                        .updateStatus();
            }
        }
    }

    @Override
    public void close() {
        http.stop();
        grpc.stop();
        thread.shutdownNow();
    }
}
