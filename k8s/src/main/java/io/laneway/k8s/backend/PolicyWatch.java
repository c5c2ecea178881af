package io.laneway.k8s.backend;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.laneway.k8s.client.AbsentKind;
import io.laneway.k8s.watch.Changes;
import io.laneway.k8s.watch.Coalescer;
import io.laneway.router.background.DaemonThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps {@link BackendPolicies} as the BackendTLSPolicies of a cluster and the ConfigMaps that they name say. ConfigMaps are read by
 * name, now and then: to watch them would be to have all of them. Works on a thread of its own; safe for many threads.
 */
public final class PolicyWatch implements AutoCloseable {

    private static final Duration WINDOW = Duration.ofMillis(25);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How soon it is noticed that a ConfigMap has come, gone or changed. */
    private static final Duration REFRESH = Duration.ofSeconds(15);

    private final BackendPolicies policies;
    private final AuthorityLookup lookup;
    private final SharedIndexInformer<BackendTLSPolicy> informer;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-policies"));
    private final Coalescer rounds = new Coalescer(thread, WINDOW, this::judge);
    private final CompletableFuture<Void> judged = new CompletableFuture<>();
    private volatile boolean listed;

    public PolicyWatch(KubernetesClient client, BackendPolicies policies) {
        this.policies = policies;
        policies.begin();
        this.lookup = new AuthorityLookup(client);
        this.informer =
                client.resources(BackendTLSPolicy.class).inAnyNamespace().runnableInformer(0);
        informer.addEventHandler(new Changes<>(any -> rounds.signal()));
        informer.exceptionHandler((started, problem) -> started || !AbsentKind.is(problem));
    }

    /** Starts to watch; completes once all were judged, or the cluster has no such kind. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public CompletableFuture<Void> start() {
        informer.start().whenComplete((any, problem) -> {
            listed = true;
            rounds.signal();
        });
        thread.scheduleWithFixedDelay(rounds::signal, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        return judged;
    }

    private void judge() {
        if (!listed) {
            return;
        }
        lookup.begin();
        policies.set(PolicyReader.judge(informer.getStore().list(), lookup));
        judged.complete(null);
        if (!lookup.answered()) {
            rounds.again(RETRY);
        }
    }

    @Override
    public void close() {
        informer.stop();
        thread.shutdownNow();
    }
}
