package io.laneway.k8s.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps of each object only what discovery reads: who wrote which field, what was applied last and which pod an endpoint
 * is are most of an object, and a cluster has thousands of them. Safe for many threads.
 */
final class SlimStore<T extends HasMetadata> implements ItemStore<T> {

    private final BasicItemStore<T> items = new BasicItemStore<>(Meta::key);

    @Override
    public String getKey(T object) {
        return items.getKey(object);
    }

    @Override
    public T put(String key, T object) {
        slim(object.getMetadata());
        if (object instanceof EndpointSlice slice && slice.getEndpoints() != null) {
            slice.getEndpoints().forEach(endpoint -> {
                endpoint.setTargetRef(null);
                endpoint.setNodeName(null);
                endpoint.setHints(null);
                endpoint.setDeprecatedTopology(null);
                endpoint.setZone(
                        endpoint.getZone() == null ? null : endpoint.getZone().intern());
            });
        }
        if (object instanceof Service service && !Meta.refusedHosts(service)) {
            service.setStatus(null);
        }
        return items.put(key, object);
    }

    private static void slim(ObjectMeta meta) {
        meta.setManagedFields(List.of());
        meta.setOwnerReferences(List.of());
        meta.setFinalizers(List.of());
        if (meta.getAnnotations() != null) {
            Map<String, String> ours = new TreeMap<>(meta.getAnnotations());
            ours.keySet().removeIf(key -> !key.startsWith(Marks.PREFIX));
            meta.setAnnotations(ours.isEmpty() ? Map.of() : ours);
        }
        if (meta.getLabels() != null) {
            Map<String, String> labels = new TreeMap<>();
            meta.getLabels().forEach((key, value) -> labels.put(key.intern(), value.intern()));
            meta.setLabels(labels);
        }
    }

    @Override
    public T remove(String key) {
        return items.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet();
    }

    @Override
    public Stream<T> values() {
        return items.values();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public T get(String key) {
        return items.get(key);
    }
}
