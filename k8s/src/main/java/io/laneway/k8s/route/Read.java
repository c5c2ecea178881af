package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.route.gateway.EdgePorts;
import io.laneway.k8s.route.gateway.Parents;
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
     * The hosts by all parents that take it, each at the ports of the listeners that give it.
     *
     * @param all  the ports of every listener of ours: hosts that a route has at all of them it has wherever they come in
     * @param edge which ports of the gateways those are
     */
    static List<HostsAt> hosts(Collection<Attachment> parents, Set<Integer> all, EdgePorts edge) {
        Map<String, Set<Integer>> byHost = new LinkedHashMap<>();
        for (Attachment parent : parents) {
            for (Attachment.At at : parent.ports()) {
                List<String> hosts = at.hosts().isEmpty() ? List.of(EVERY) : at.hosts();
                hosts.forEach(host ->
                        byHost.computeIfAbsent(host, any -> new TreeSet<>()).add(at.port()));
            }
        }
        Map<Set<Integer>, List<String>> byPorts = new LinkedHashMap<>();
        byHost.forEach((host, ports) ->
                byPorts.computeIfAbsent(ports, any -> new ArrayList<>()).add(host));
        List<HostsAt> found = new ArrayList<>();
        byPorts.forEach((ports, hosts) ->
                found.add(new HostsAt(hosts.contains(EVERY) ? List.of() : hosts, ports(ports, all, edge))));
        return found;
    }

    /** The gateways' own ports for those of listeners; none where these are the ports of every listener. */
    static List<Integer> ports(Set<Integer> ports, Set<Integer> all, EdgePorts edge) {
        return ports.containsAll(all)
                ? List.of()
                : ports.stream()
                        .flatMap(port -> edge.of(port).stream())
                        .distinct()
                        .toList();
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
