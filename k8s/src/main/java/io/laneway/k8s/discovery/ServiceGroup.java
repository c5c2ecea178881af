package io.laneway.k8s.discovery;

import io.laneway.router.model.Deployment;
import io.laneway.router.model.Endpoint;
import io.laneway.router.model.Port;
import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts together what several Services contribute to one logical service. Pure; Services of one lane are merged port by
 * port, and the pods of a lane are taken out of a base Service whose selector catches them too.
 *
 * @param service  the logical service, its deployments in order of lane
 * @param findings what is wrong between those Services
 */
record ServiceGroup(Service service, List<Finding> findings) {

    static ServiceGroup of(ServiceId id, Collection<Found> members, LaneNames lanes) {
        List<Finding> findings = new ArrayList<>();
        Set<String> hosts = new TreeSet<>();
        Map<String, List<Found>> byLane = new TreeMap<>();
        members.stream().sorted(Found.FIRST).forEach(found -> {
            hosts.addAll(found.hosts());
            findings.addAll(found.findings());
            String lane = found.identity().lane();
            if (!lanes.owns(lane)) {
                findings.add(new Finding(Finding.Kind.SLUG_COLLISION, found.key(), collision(lane, lanes)));
            } else if (!found.ports().isEmpty()) {
                if (found.identity().explicit() && found.withoutPods()) {
                    findings.add(new Finding(Finding.Kind.LANE_WITHOUT_PODS, found.key(), nobody(lane)));
                }
                byLane.computeIfAbsent(lane, any -> new ArrayList<>()).add(found);
            }
        });
        List<Deployment> deployments = new ArrayList<>();
        byLane.forEach(
                (lane, found) -> deployments.add(deployment(lane, found, podsOfOtherLanes(lane, byLane), findings)));
        return new ServiceGroup(
                new Service(id, List.copyOf(hosts), null, deployments, Policy.DEFAULT), List.copyOf(findings));
    }

    private static String collision(String lane, LaneNames lanes) {
        return "lane '" + lane + "' has the slug of lane '" + lanes.owner(lane) + "' (expected: another name)";
    }

    private static String nobody(String lane) {
        return "lane '" + lane + "' has no pod (expected: pods that its selector selects, or no Service)";
    }

    private static Set<String> podsOfOtherLanes(String lane, Map<String, List<Found>> byLane) {
        Set<String> addresses = new HashSet<>();
        if (byLane.getOrDefault(lane, List.of()).stream()
                .allMatch(one -> one.identity().explicit())) {
            return addresses;
        }
        byLane.forEach((other, found) -> {
            if (!other.equals(lane)) {
                found.stream()
                        .filter(one -> one.identity().explicit())
                        .flatMap(one -> one.ports().stream())
                        .flatMap(port -> port.endpoints().stream())
                        .forEach(endpoint -> addresses.add(endpoint.address()));
            }
        });
        return addresses;
    }

    private static Deployment deployment(String lane, List<Found> found, Set<String> taken, List<Finding> findings) {
        Map<Integer, Port> ports = new TreeMap<>();
        for (Found one : found) {
            boolean explicit = one.identity().explicit();
            for (Port port : one.ports()) {
                Port own = explicit ? port : withoutLanePods(one, port, taken, findings);
                Port other = ports.putIfAbsent(own.number(), own);
                if (other != null && explicit) {
                    findings.add(new Finding(Finding.Kind.TWO_OWNERS, one.key(), twice(lane, port, found.get(0))));
                }
                // A Service that was only just made has no endpoints yet: the other one goes on until it has.
                if (other != null && !usable(other) && usable(own)) {
                    ports.put(own.number(), own);
                }
            }
        }
        return new Deployment(lane, List.copyOf(ports.values()), null);
    }

    private static boolean usable(Port port) {
        return port.endpoints().stream().anyMatch(Endpoint::usable);
    }

    private static String twice(String lane, Port port, Found first) {
        return "port " + port.number() + " of lane '" + lane + "' is already that of Service " + first.key()
                + " (expected: one Service for each service, lane and port)";
    }

    private static Port withoutLanePods(Found base, Port port, Set<String> taken, List<Finding> findings) {
        List<Endpoint> own = port.endpoints().stream()
                .filter(endpoint -> !taken.contains(endpoint.address()))
                .toList();
        int leaked = port.endpoints().size() - own.size();
        if (leaked == 0) {
            return port;
        }
        findings.add(new Finding(
                Finding.Kind.LEAK,
                base.key(),
                "port " + port.number() + " also catches " + leaked
                        + " pods of lanes (expected: a selector with the base lane's version)"));
        return new Port(port.name(), port.number(), port.protocol(), own);
    }
}
