package io.laneway.k8s.discovery;

import io.laneway.k8s.backend.BackendTls;
import io.laneway.k8s.backend.PortTls;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostClaims;
import io.laneway.k8s.host.Refusal;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
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

    static ServiceGroup of(
            ServiceId id, Collection<Found> members, LaneNames lanes, HostClaims claims, BackendTls policies) {
        List<Finding> findings = new ArrayList<>();
        Set<String> hosts = new TreeSet<>();
        Map<String, List<Found>> byLane = new TreeMap<>();
        members.stream().sorted(Found.FIRST).forEach(found -> {
            findings.addAll(found.findings());
            hosts.addAll(granted(found, claims, findings));
            String lane = found.identity().lane();
            if (!lanes.owns(lane)) {
                findings.add(new Finding(Finding.Kind.SLUG_COLLISION, found.key(), collision(lane, lanes)));
            } else if (!found.ports().isEmpty()) {
                if (found.identity().explicit() && found.withoutPods()) {
                    findings.add(new Finding(Finding.Kind.LANE_WITHOUT_PODS, found.key(), withoutPods(lane)));
                }
                byLane.computeIfAbsent(lane, any -> new ArrayList<>()).add(found);
            }
        });
        byLane.forEach((lane, found) -> Homes.keep(lane, found, findings));
        List<Deployment> deployments = new ArrayList<>();
        GroupTls tls = new GroupTls(policies, ofBase(members, lanes));
        byLane.forEach((lane, found) -> deployments.add(deployment(lane, found, byLane, tls, findings)));
        return new ServiceGroup(
                new Service(id, List.copyOf(hosts), null, deployments, Policy.DEFAULT), List.copyOf(findings));
    }

    private static List<Found> ofBase(Collection<Found> members, LaneNames lanes) {
        return members.stream()
                .filter(one -> one.identity().lane().equals(lanes.base()))
                .sorted(Found.FIRST)
                .toList();
    }

    /** Whether the table would take the service; else it is left out. */
    boolean readable() {
        return findings.stream().noneMatch(one -> one.kind() == Finding.Kind.UNREADABLE);
    }

    private static List<String> granted(Found found, HostClaims claims, List<Finding> findings) {
        List<String> granted = new ArrayList<>();
        for (HostClaim claim : found.claims()) {
            Refusal refusal = claims.refusal(claim);
            if (refusal == null) {
                granted.add(claim.host());
            } else {
                Finding.Kind kind =
                        refusal.why() == Refusal.Why.TAKEN ? Finding.Kind.HOST_TAKEN : Finding.Kind.HOST_NOT_ALLOWED;
                findings.add(new Finding(kind, found.key(), refusal.what()));
            }
        }
        return granted;
    }

    private static String collision(String lane, LaneNames lanes) {
        return "lane '" + lane + "' has the slug of lane '" + lanes.owner(lane) + "' (expected: another name)";
    }

    private static String withoutPods(String lane) {
        return "lane '" + lane + "' has no pod (expected: pods that its selector selects, or no Service)";
    }

    /** The Services of other lanes whose pods are not this one's, though it may select them. */
    private static List<Found> ofOtherLanes(Found one, Map<String, List<Found>> byLane) {
        List<Found> others = new ArrayList<>();
        byLane.forEach((lane, found) -> {
            if (!lane.equals(one.identity().lane())) {
                found.stream()
                        .filter(other -> other.identity().explicit())
                        .filter(other -> !one.identity().explicit() || one.catches(other))
                        .forEach(others::add);
            }
        });
        return others;
    }

    private static Deployment deployment(
            String lane, List<Found> found, Map<String, List<Found>> byLane, GroupTls tls, List<Finding> findings) {
        Map<Integer, Port> ports = new TreeMap<>();
        for (Found one : found) {
            boolean explicit = one.identity().explicit();
            Leak leak = Leak.of(one, ofOtherLanes(one, byLane));
            findings.addAll(leak.findings());
            for (Port plain : leak.ports()) {
                Port port = reached(one, plain, tls, findings);
                Port other = ports.putIfAbsent(port.number(), port);
                if (other != null && explicit && !found.get(0).twin()) {
                    findings.add(new Finding(Finding.Kind.TWO_OWNERS, one.key(), twice(lane, port, found.get(0))));
                }
                // A Service that was only just made has no endpoints yet: the other one serves until it has.
                if (other != null && !usable(other) && usable(port)) {
                    ports.put(port.number(), port);
                }
            }
        }
        return new Deployment(lane, List.copyOf(ports.values()), null);
    }

    private static Port reached(Found one, Port port, GroupTls policies, List<Finding> findings) {
        PortTls tls = policies.of(one, port);
        if (tls == null) {
            return port;
        }
        if (tls.tls() == null) {
            findings.add(new Finding(
                    Finding.Kind.UNSERVABLE_PORT,
                    one.key(),
                    "port " + port.number() + " has no endpoints: its BackendTLSPolicy has no certificate to trust"
                            + " (expected: status ResolvedRefs True)"));
        }
        return tls.of(port);
    }

    private static boolean usable(Port port) {
        return port.endpoints().stream().anyMatch(Endpoint::usable);
    }

    private static String twice(String lane, Port port, Found first) {
        return "port " + port.number() + " of lane '" + lane + "' is already that of Service " + first.key()
                + " (expected: one Service for each service, lane and port)";
    }
}
