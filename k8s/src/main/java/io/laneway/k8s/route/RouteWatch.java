package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.laneway.k8s.client.AbsentKind;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.watch.Changes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of the Gateway API in a cluster, and the news that one of them changed. Safe for many threads. */
final class RouteWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RouteWatch.class);

    private final SharedIndexInformer<HTTPRoute> http;
    private final SharedIndexInformer<GRPCRoute> grpc;
    private final SharedIndexInformer<TLSRoute> tls;
    private final SharedIndexInformer<ListenerSet> sets;
    private final SharedIndexInformer<ReferenceGrant> grants;
    private final SharedIndexInformer<Gateway> gateways;
    private final SharedIndexInformer<GatewayClass> classes;
    private final Runnable changed;
    private volatile boolean withoutTls;
    private volatile boolean withoutSets;

    RouteWatch(KubernetesClient client, Runnable changed) {
        this.changed = changed;
        this.http = watch(client.resources(HTTPRoute.class).inAnyNamespace().runnableInformer(0));
        this.grpc = watch(client.resources(GRPCRoute.class).inAnyNamespace().runnableInformer(0));
        this.tls = watch(client.resources(TLSRoute.class).inAnyNamespace().runnableInformer(0))
                .exceptionHandler((started, problem) -> started || !AbsentKind.is(problem));
        this.sets = watch(client.resources(ListenerSet.class).inAnyNamespace().runnableInformer(0))
                .exceptionHandler((started, problem) -> started || !AbsentKind.is(problem));
        this.gateways = watch(client.resources(Gateway.class).inAnyNamespace().runnableInformer(0));
        this.classes = watch(client.resources(GatewayClass.class).runnableInformer(0));
        this.grants =
                watch(client.resources(ReferenceGrant.class).inAnyNamespace().runnableInformer(0));
    }

    private <T> SharedIndexInformer<T> watch(SharedIndexInformer<T> informer) {
        informer.addEventHandler(new Changes<>(any -> changed.run()));
        return informer.exceptionHandler((started, problem) -> true);
    }

    /** Starts to watch; a change is said once all but ReferenceGrants are listed. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        grants.start();
        tls.start().whenComplete((listed, problem) -> {
            withoutTls |= problem != null;
            changed.run();
        });
        sets.start().whenComplete((listed, problem) -> {
            withoutSets |= problem != null;
            changed.run();
        });
        http.start()
                .runAfterBoth(grpc.start(), () -> log.atDebug().log("routes listed"))
                .runAfterBoth(gateways.start(), () -> log.atDebug().log("Gateways listed"))
                .runAfterBoth(classes.start(), () -> log.atDebug().log("GatewayClasses listed"))
                .thenRun(changed);
    }

    /**
     * Whether all but ReferenceGrants are listed: without those none is granted. A cluster whose Gateway API is older than 1.5
     * has no TLSRoutes and no ListenerSets.
     */
    boolean listed() {
        return (withoutTls || tls.hasSynced())
                && (withoutSets || sets.hasSynced())
                && http.hasSynced()
                && grpc.hasSynced()
                && gateways.hasSynced()
                && classes.hasSynced();
    }

    /** The routes, the oldest first, and of one second by namespace and name, as the Gateway API orders those that say the same. */
    List<RouteObject> routes() {
        List<RouteObject> all = new ArrayList<>();
        http.getStore().list().forEach(one -> all.add(new RouteObject.Http(one)));
        grpc.getStore().list().forEach(one -> all.add(new RouteObject.Grpc(one)));
        tls.getStore().list().forEach(one -> all.add(new RouteObject.Tls(one)));
        all.sort(Comparator.comparing((RouteObject one) -> Meta.created(one.object()))
                .thenComparing(one -> Meta.key(one.object())));
        return all;
    }

    List<ReferenceGrant> grants() {
        return grants.getStore().list();
    }

    List<ListenerSet> sets() {
        return sets.getStore().list();
    }

    List<Gateway> gateways() {
        return gateways.getStore().list();
    }

    List<GatewayClass> classes() {
        return classes.getStore().list();
    }

    @Override
    public void close() {
        http.stop();
        grpc.stop();
        tls.stop();
        sets.stop();
        grants.stop();
        gateways.stop();
        classes.stop();
    }
}
