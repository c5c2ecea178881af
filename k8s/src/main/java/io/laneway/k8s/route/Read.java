package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.route.gateway.Parents;
import io.laneway.k8s.route.rule.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of a route: with each parent that is our Gateway, and of its rules. Immutable. */
record Read(Map<ParentReference, Attachment> parents, Verdict verdict) {

    /** The hosts by all parents that take it; null if none does. */
    static @Nullable List<String> hosts(Collection<Attachment> parents) {
        List<Attachment> taken = parents.stream().filter(Attachment::taken).toList();
        if (taken.isEmpty()) {
            return null;
        }
        boolean every = taken.stream().anyMatch(one -> one.hosts().isEmpty());
        return every
                ? List.of()
                : taken.stream().flatMap(one -> one.hosts().stream()).distinct().toList();
    }

    /** Adds the listeners that take it to those of its Gateways; one that two parents name counts once. */
    void count(String namespace, Map<String, List<Set<String>>> attached) {
        Map<String, Set<String>> listeners = new HashMap<>();
        parents.forEach((parent, one) -> listeners
                .computeIfAbsent(Parents.key(parent, namespace), any -> new LinkedHashSet<>())
                .addAll(one.listeners()));
        listeners.forEach((gateway, names) ->
                attached.computeIfAbsent(gateway, any -> new ArrayList<>()).add(names));
    }
}
