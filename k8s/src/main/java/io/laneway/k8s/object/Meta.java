package io.laneway.k8s.object;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.pointing.OwnBackends;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads metadata of objects, where whatever is left out is empty and never null. */
public final class Meta {

    private Meta() {}

    /** The labels. */
    public static Map<String, String> labels(HasMetadata object) {
        return orEmpty(object.getMetadata().getLabels());
    }

    /** The annotations. */
    public static Map<String, String> annotations(HasMetadata object) {
        return orEmpty(object.getMetadata().getAnnotations());
    }

    /** The namespace, empty for objects of the cluster. */
    public static String namespace(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return namespace == null ? "" : namespace;
    }

    /** {@code namespace/name}. */
    public static String key(HasMetadata object) {
        return key(namespace(object), object.getMetadata().getName());
    }

    /** {@code namespace/name}. */
    public static String key(@Nullable String namespace, String name) {
        return (namespace == null ? "" : namespace) + "/" + name;
    }

    /** When it was created, as the API server writes it (RFC 3339, UTC), so that texts compare as times do. */
    public static String created(HasMetadata object) {
        String created = object.getMetadata().getCreationTimestamp();
        return created == null ? "" : created;
    }

    /** The selector of a Service. */
    public static Map<String, String> selector(Service service) {
        return service.getSpec() == null ? Map.of() : orEmpty(service.getSpec().getSelector());
    }

    /** Whether a Service's status says that a host was refused to it. */
    public static boolean refusedHosts(Service service) {
        return service.getStatus() != null
                && service.getStatus().getConditions() != null
                && service.getStatus().getConditions().stream()
                        .anyMatch(one -> Marks.HOSTS_ACCEPTED.equals(one.getType()) && "False".equals(one.getStatus()));
    }

    /** Whether its owners want the Service to point at the gateway; where it points now is {@link OwnBackends}'s. */
    public static boolean proxied(Service service) {
        return "true".equals(annotations(service).get(Marks.PROXIED));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
