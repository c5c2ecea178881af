package io.laneway.k8s.discovery;

import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slug;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which logical service in which lane a Service is. Immutable.
 *
 * @param explicit whether it names its lane; false where it belongs to the base lane for want of a name
 */
public record Identity(ServiceId service, String lane, boolean explicit) {

    /** Reads a Service's identity; null if it takes no part in routing. */
    public static @Nullable Identity of(Service service, DiscoveryRules rules) {
        Map<String, String> notes = Meta.annotations(service);
        if ("true".equals(notes.get(Marks.IGNORE))) {
            return null;
        }
        String name = name(service, rules);
        if (name == null || name.isBlank()) {
            return null;
        }
        String namespace = Meta.namespace(service);
        boolean byNamespace = rules.style() == LaneStyle.NAMESPACES;
        ServiceId id = new ServiceId(name, byNamespace || namespace.isEmpty() ? null : namespace);
        String annotated = notes.get(Marks.LANE);
        if (annotated != null) {
            return usable(annotated) ? new Identity(id, annotated.strip(), true) : null;
        }
        return byNamespace ? byNamespace(id, namespace, rules) : byLabel(id, service, rules);
    }

    private static @Nullable String name(Service service, DiscoveryRules rules) {
        String annotated = Meta.annotations(service).get(Marks.SERVICE);
        if (annotated != null) {
            return annotated.strip();
        }
        String label = first(rules.app(), Meta.labels(service), selector(service));
        if (label != null || (rules.style() == LaneStyle.LABELS && !rules.byName())) {
            return label;
        }
        return service.getMetadata().getName();
    }

    private static Identity byLabel(ServiceId id, Service service, DiscoveryRules rules) {
        String lane = first(rules.version(), Meta.labels(service), selector(service));
        return lane == null || !usable(lane) ? new Identity(id, rules.base(), false) : new Identity(id, lane, true);
    }

    /** Its own selector: the labels of the gateway's pods name neither a service nor a lane. */
    private static Map<String, String> selector(Service service) {
        return OwnBackends.noted(service) || !OwnBackends.pointed(service)
                ? OwnBackends.of(service).selector()
                : Map.of();
    }

    private static @Nullable Identity byNamespace(ServiceId id, String namespace, DiscoveryRules rules) {
        String lane = rules.lane(namespace);
        return lane == null ? null : new Identity(id, lane, true);
    }

    private static @Nullable String first(List<String> keys, Map<String, String> labels, Map<String, String> selector) {
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        for (String key : keys) {
            String value = selector.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static boolean usable(String lane) {
        return !Slug.of(lane).isEmpty() && lane.chars().noneMatch(Character::isISOControl);
    }
}
