package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.pointing.OwnBackends;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says on a Service that it is wanted to be proxied, or no more, and waits until the control API has done it. Blocks;
 * safe for many threads.
 */
public final class ProxyWish {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    public ProxyWish(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    /**
     * Wants the Service to point at the gateway.
     *
     * @param gateway the gateway's pods; null for the usual, or those that the Service names already
     * @param hosts   the hosts that the gateway takes for it besides its own; null leaves them
     * @throws IllegalStateException if the Service is not there, or cannot be proxied, with the reason
     */
    public void install(@Nullable GatewayPods gateway, @Nullable String hosts) {
        Service service = required();
        GatewayPods wanted = gateway == null ? GatewayPods.wanted(service) : gateway;
        String unfit = OwnBackends.pointed(service) ? null : Fitness.unfit(service, OwnBackends.of(service), wanted);
        if (unfit != null) {
            throw new IllegalStateException("Service " + Meta.key(service) + ": " + unfit);
        }
        Map<String, @Nullable String> notes = new LinkedHashMap<>();
        notes.put(Marks.PROXIED, "true");
        if (gateway != null) {
            notes.put(Marks.GATEWAY, gateway.labels());
            notes.put(Marks.GATEWAY_PORT, Integer.toString(gateway.port()));
        }
        if (hosts != null) {
            notes.put(Marks.HOSTS, hosts);
        }
        annotate(notes);
    }

    /** Wants it to lead to its own pods. */
    public void remove() {
        required();
        Map<String, @Nullable String> notes = new LinkedHashMap<>();
        notes.put(Marks.PROXIED, null);
        annotate(notes);
    }

    /** A merge patch of annotations alone: what others write meanwhile stays. */
    private void annotate(Map<String, @Nullable String> notes) {
        String patch = client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", notes)));
        client.services().inNamespace(namespace).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** Waits until the Service points where it is wanted to; false if it takes longer than allowed. */
    public boolean awaitInstalled(Duration patience) {
        return await(
                patience,
                service -> service != null
                        && OwnBackends.pointed(service)
                        && GatewayPods.wanted(service).equals(OwnBackends.at(service)));
    }

    /** Waits until it leads to its own pods and nothing is beside it; false if it takes longer than allowed. */
    public boolean awaitRemoved(Duration patience) {
        return await(patience, service -> (service == null || !OwnBackends.noted(service)) && !twinned());
    }

    private boolean twinned() {
        return client.services().inNamespace(namespace).list().getItems().stream()
                .anyMatch(one -> name.equals(Meta.annotations(one).get(Marks.MADE_FOR)));
    }

    private boolean await(Duration patience, Predicate<@Nullable Service> there) {
        long end = System.nanoTime() + patience.toNanos();
        while (!there.test(get())) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private @Nullable Service get() {
        return client.services().inNamespace(namespace).withName(name).get();
    }

    private Service required() {
        Service service = get();
        if (service == null) {
            throw new IllegalStateException("Service " + namespace + "/" + name + ": not there (expected: a Service)");
        }
        return service;
    }
}
