package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.discovery.Marks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Waits for what a step of the installer needs. Blocks; safe for many threads. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KubernetesClient client;
    private final Duration patience;

    Waiting(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** @throws IllegalStateException if it takes longer than allowed, or the thread is interrupted */
    void until(String what, BooleanSupplier there) {
        long end = System.nanoTime() + patience.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no " + what + " after " + patience.toSeconds() + " s");
            }
            pause();
        }
    }

    void until(String what, Predicate<String> there, String namespace) {
        until(what + " in namespace " + namespace, () -> there.test(namespace));
    }

    /** The addresses of a Service's ready endpoints. */
    Set<String> ready(String namespace, String name) {
        Service service =
                client.services().inNamespace(namespace).withName(name).get();
        if (service == null) {
            return Set.of();
        }
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(Marks.SLICE_SERVICE, name)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(one -> one.getConditions() == null
                        || !Boolean.FALSE.equals(one.getConditions().getReady()))
                .flatMap(one -> one.getAddresses().stream())
                .collect(Collectors.toSet());
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
