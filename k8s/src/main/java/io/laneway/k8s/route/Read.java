package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.route.gateway.Edge;
import io.laneway.k8s.route.gateway.Edge.Place;
import io.laneway.k8s.route.rule.HostsAt;
import io.laneway.k8s.route.rule.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What became of a route: with each parent that is our Gateway, and of its rules. Immutable. */
record Read(Map<ParentReference, Attachment> parents, Verdict verdict) {

    private static final String EVERY = "";

    /**
     * The hosts by all parents that take it, each where the listeners that give it are reached.
     *
     * @param edge      how listeners are reached: hosts that a route has at all of them it has wherever they come in
     */
    static List<HostsAt> hosts(Collection<Attachment> parents, Edge edge) {
        List<HostsAt> found = new ArrayList<>(hosts(parents, edge, false));
        found.addAll(hosts(parents, edge, true));
        return found;
    }

    private static List<HostsAt> hosts(Collection<Attachment> parents, Edge edge, boolean opens) {
        Map<String, Set<Place>> byHost = new LinkedHashMap<>();
        parents.forEach(attached -> {
            for (Attachment.At at : attached.ports()) {
                if (at.opens() != opens) {
                    continue;
                }
                List<String> hosts = at.hosts().isEmpty() ? List.of(EVERY) : at.hosts();
                hosts.forEach(host -> byHost.computeIfAbsent(host, any -> new TreeSet<>())
                        .add(edge.place(attached.gateway(), at.port())));
            }
        });
        Map<Set<Place>, List<String>> byPlaces = new LinkedHashMap<>();
        byHost.forEach((host, places) ->
                byPlaces.computeIfAbsent(places, any -> new ArrayList<>()).add(host));
        List<HostsAt> found = new ArrayList<>();
        byPlaces.forEach((places, hosts) ->
                found.add(new HostsAt(hosts.contains(EVERY) ? List.of() : hosts, edge.portsOf(places), opens)));
        return found;
    }

    /** Adds the listeners that take it to those of its Gateways; one that two parents name counts once. */
    void count(Map<String, List<Set<String>>> attached) {
        Map<String, Set<String>> listeners = new HashMap<>();
        parents.values().stream()
                .filter(Attachment::taken)
                .forEach(one -> listeners
                        .computeIfAbsent(one.gateway(), any -> new LinkedHashSet<>())
                        .addAll(one.listeners()));
        listeners.forEach((gateway, names) ->
                attached.computeIfAbsent(gateway, any -> new ArrayList<>()).add(names));
    }
}
