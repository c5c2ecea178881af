package io.laneway.k8s.route;

import io.laneway.router.model.ServiceId;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the one service of a rule's backends. Immutable. */
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

    /** The service; null after a finding. */
    @Nullable
    ServiceId service(String namespace, String path, Stream<Ref> refs, Verdict verdict) {
        List<Ref> used =
                refs.filter(one -> one.weight() == null || one.weight() > 0).toList();
        if (used.size() != 1) {
            verdict.unsupported(
                    path + ".backendRefs",
                    used.size() + " backends with a weight above 0 (expected: 1; lanes and shifts divide requests)");
            return null;
        }
        Ref ref = used.get(0);
        boolean service = (ref.group() == null || ref.group().isEmpty())
                && (ref.kind() == null || ref.kind().equals("Service"));
        if (!service || ref.filters()) {
            verdict.unsupported(
                    path + ".backendRefs[0]",
                    service ? "filters (expected: none here)" : "kind " + ref.kind() + " (expected: Service)");
            return null;
        }
        if (ref.namespace() != null && !ref.namespace().equals(namespace)) {
            verdict.unsupported(
                    path + ".backendRefs[0].namespace",
                    ref.namespace() + " (expected: the route's own namespace; ReferenceGrants are not read)");
            return null;
        }
        ServiceId id = services.apply(namespace, ref.name());
        if (id == null) {
            verdict.unresolved(path + ".backendRefs[0]", "no Service " + ref.name() + " that takes part in routing");
        }
        return id;
    }
}
