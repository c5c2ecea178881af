package io.laneway.k8s.route;

import io.laneway.router.model.RouteAction.Part;
import io.laneway.router.model.ServiceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the services of a rule's backends. Immutable. */
final class Backends {

    /** A backend of either kind of route. */
    record Ref(
            @Nullable String group,
            @Nullable String kind,
            @Nullable String namespace,
            String name,
            @Nullable Integer weight,
            boolean filters) {}

    private final BiFunction<String, String, @Nullable ServiceId> services;

    /** @param services the logical service of a Service by namespace and name, null if there is none */
    Backends(BiFunction<String, String, @Nullable ServiceId> services) {
        this.services = services;
    }

    /** The services with a weight above 0; what is not supported or not there is noted, and left out. */
    List<Part> parts(String namespace, String path, Stream<Ref> refs, Verdict verdict) {
        List<Ref> all = refs.toList();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Ref ref = all.get(i);
            int weight = ref.weight() == null ? 1 : ref.weight();
            if (weight > 0 && supported(namespace, path + ".backendRefs[" + i + "]", ref, verdict)) {
                ServiceId id = services.apply(namespace, ref.name());
                if (id == null) {
                    verdict.unresolved(
                            path + ".backendRefs[" + i + "]",
                            "no Service " + ref.name() + " that takes part in routing");
                } else {
                    parts.add(new Part(id, weight));
                }
            }
        }
        return parts;
    }

    private static boolean supported(String namespace, String path, Ref ref, Verdict verdict) {
        boolean service = (ref.group() == null || ref.group().isEmpty())
                && (ref.kind() == null || ref.kind().equals("Service"));
        if (!service) {
            verdict.unsupported(path, "kind " + ref.kind() + " (expected: Service)");
        } else if (ref.filters()) {
            verdict.unsupported(path, "filters (expected: none here, but in the rule)");
        } else if (ref.namespace() != null && !ref.namespace().equals(namespace)) {
            verdict.unsupported(
                    path + ".namespace",
                    ref.namespace() + " (expected: the route's own namespace; ReferenceGrants are not read)");
        } else {
            return true;
        }
        return false;
    }
}
