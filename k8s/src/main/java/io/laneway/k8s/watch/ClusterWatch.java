package io.laneway.k8s.watch;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches Services and EndpointSlices of some namespaces, and says which Service changed. A watch that
 * breaks is resumed where it was; where the API server has forgotten that place (410 Gone) everything is listed again,
 * and what went meanwhile is noticed. Safe for many threads.
 */
public final class ClusterWatch implements AutoCloseable {

    private static final String BY_SERVICE = "service";

    /** Objects of one page of a list: a whole cluster in one answer would be held twice. */
    private static final long PAGE = 500;

    private final List<SharedIndexInformer<Service>> services = new ArrayList<>();
    private final List<SharedIndexInformer<EndpointSlice>> slices = new ArrayList<>();

    /**
     * @param namespaces the namespaces to watch, all if empty
     * @param selector   a label selector for the Services, null for all
     * @param changed    gets the key of each Service that may have changed, on any thread
     */
    public ClusterWatch(
            KubernetesClient client,
            Collection<String> namespaces,
            @Nullable String selector,
            Consumer<String> changed) {
        if (namespaces.isEmpty()) {
            add(client, null, selector, changed);
        }
        namespaces.forEach(namespace -> add(client, namespace, selector, changed));
    }

    private void add(
            KubernetesClient client, @Nullable String namespace, @Nullable String selector, Consumer<String> changed) {
        var allServices = client.services();
        var inNamespace = namespace == null ? allServices.inAnyNamespace() : allServices.inNamespace(namespace);
        var service = (selector == null ? inNamespace : inNamespace.withLabelSelector(selector))
                .withLimit(PAGE)
                .runnableInformer(0);
        service.itemStore(new SlimStore<>());
        service.addEventHandler(new Changes<>(one -> changed.accept(Meta.key(one))));
        services.add(service.exceptionHandler((started, problem) -> true));
        var allSlices = client.discovery().v1().endpointSlices();
        var slice = (namespace == null ? allSlices.inAnyNamespace() : allSlices.inNamespace(namespace))
                .withLimit(PAGE)
                .runnableInformer(0);
        slice.itemStore(new SlimStore<>());
        slice.addIndexers(Map.of(BY_SERVICE, one -> List.of(serviceOf(one))));
        slice.addEventHandler(new Changes<>(one -> changed.accept(serviceOf(one))));
        slices.add(slice.exceptionHandler((started, problem) -> true));
    }

    private static String serviceOf(EndpointSlice slice) {
        return Meta.key(Meta.namespace(slice), Meta.labels(slice).getOrDefault(Marks.SLICE_SERVICE, ""));
    }

    /** Starts; completes when every list is complete, however long the API server is away. */
    public CompletableFuture<Void> start() {
        List<CompletableFuture<?>> started = new ArrayList<>();
        services.forEach(informer -> started.add(informer.start().toCompletableFuture()));
        slices.forEach(informer -> started.add(informer.start().toCompletableFuture()));
        return CompletableFuture.allOf(started.toArray(CompletableFuture[]::new));
    }

    /** Whether every watch is connected. */
    public boolean connected() {
        return services.stream().allMatch(SharedIndexInformer::isWatching)
                && slices.stream().allMatch(SharedIndexInformer::isWatching);
    }

    /** The keys of all Services. */
    public Set<String> keys() {
        Set<String> keys = new HashSet<>();
        services.forEach(informer -> keys.addAll(informer.getStore().listKeys()));
        return keys;
    }

    /** The keys of those Services. */
    public Set<String> keys(Predicate<Service> which) {
        return services.stream()
                .flatMap(informer -> informer.getStore().list().stream())
                .filter(which)
                .map(Meta::key)
                .collect(Collectors.toSet());
    }

    /** The Service as last seen, null if there is none. */
    @Nullable
    public Service service(String key) {
        for (SharedIndexInformer<Service> informer : services) {
            Service service = informer.getStore().getByKey(key);
            if (service != null) {
                return service;
            }
        }
        return null;
    }

    /** The EndpointSlices of a Service as last seen. */
    public List<EndpointSlice> slices(String key) {
        List<EndpointSlice> found = new ArrayList<>();
        slices.forEach(informer -> found.addAll(informer.getIndexer().byIndex(BY_SERVICE, key)));
        return found;
    }

    @Override
    public void close() {
        services.forEach(SharedIndexInformer::stop);
        slices.forEach(SharedIndexInformer::stop);
    }
}
