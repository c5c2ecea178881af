package io.laneway.k8s.host;

import io.laneway.router.model.service.ServiceId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All claims of hosts, and who of several has a host: who came first by creation time, whatever the order in which they
 * were seen, so that a restart changes nothing. A change costs the claims of its own hosts. Confined to one thread.
 */
public final class HostClaims {

    private static final NavigableSet<HostClaim> NONE = Collections.emptyNavigableSet();

    private final HostRules rules;
    private final Map<String, NavigableSet<HostClaim>> byHost = new HashMap<>();
    private final ClusterNames names = new ClusterNames();

    public HostClaims(HostRules rules) {
        this.rules = rules;
    }

    /** Notes a claim; the services whose hosts may differ from now on. */
    public Set<ServiceId> add(HostClaim claim) {
        if (rules.permit(claim.namespace(), claim.host())) {
            byHost.computeIfAbsent(claim.host(), any -> new TreeSet<>()).add(claim);
        }
        return concerned(claim);
    }

    /** Forgets a claim; the services whose hosts may differ from now on. */
    public Set<ServiceId> remove(HostClaim claim) {
        NavigableSet<HostClaim> claims = byHost.get(claim.host());
        if (claims != null && claims.remove(claim) && claims.isEmpty()) {
            byHost.remove(claim.host());
        }
        return concerned(claim);
    }

    /** Notes that a service is there, by the names that the cluster gives it; the services that claim one of those. */
    public Set<ServiceId> appeared(ServiceId service) {
        return claimants(names.add(service));
    }

    /** Notes that a service is gone; the services that claim one of its names. */
    public Set<ServiceId> vanished(ServiceId service) {
        return claimants(names.remove(service));
    }

    private Set<ServiceId> claimants(Collection<String> hosts) {
        Set<ServiceId> found = new HashSet<>();
        hosts.forEach(host -> byHost.getOrDefault(host, NONE).forEach(claim -> found.add(claim.service())));
        return found;
    }

    private Set<ServiceId> concerned(HostClaim claim) {
        Set<ServiceId> concerned = claimants(List.of(claim.host()));
        concerned.add(claim.service());
        if (claim.isPattern()) {
            byHost.forEach((host, claims) -> {
                if (HostRules.covers(claim.host(), host)) {
                    claims.forEach(one -> concerned.add(one.service()));
                }
            });
        }
        return concerned;
    }

    /** Why a claim has not got its host; null if it has. */
    public @Nullable Refusal refusal(HostClaim claim) {
        String host = claim.host();
        if (!rules.permit(claim.namespace(), host)) {
            return new Refusal(
                    Refusal.Why.NOT_ALLOWED,
                    "namespace '" + claim.namespace() + "' may not claim host '" + host + "' (expected: one of "
                            + rules.of(claim.namespace()) + ")");
        }
        String by = barred(claim);
        if (by == null) {
            HostClaim first = owner(host);
            by = first != null && !first.service().equals(claim.service())
                    ? "that of Service " + first.key() + ", " + first.precedence(claim.created())
                    : null;
        }
        return by == null ? null : taken(host, by);
    }

    /** Who has a host: the first claim that nothing bars. */
    private @Nullable HostClaim owner(String host) {
        return byHost.getOrDefault(host, NONE).stream()
                .filter(claim -> barred(claim) == null)
                .findFirst()
                .orElse(null);
    }

    /** Whose a claim's host is by a wider right than other claims of the same host; null if it is free. */
    private @Nullable String barred(HostClaim claim) {
        ServiceId named = names.owner(claim.host(), claim.service());
        if (named != null) {
            return "the cluster's name of service " + named;
        }
        if (ClusterNames.reserved(claim.host()) && !names.has(claim.host(), claim.service())) {
            return "among the names that the cluster gives";
        }
        HostClaim above = rules.open() ? covering(claim) : null;
        return above == null ? null : "within '" + above.host() + "' of Service " + above.key();
    }

    private static Refusal taken(String host, String by) {
        return new Refusal(
                Refusal.Why.TAKEN, "host '" + host + "' is already " + by + " (expected: a host that no other has)");
    }

    /** The older claim of another namespace on a pattern that a host is part of. */
    private @Nullable HostClaim covering(HostClaim claim) {
        int from = claim.isPattern() ? 2 : 0;
        for (int dot = claim.host().indexOf('.', from);
                dot >= 0;
                dot = claim.host().indexOf('.', dot + 1)) {
            HostClaim first = owner("*" + claim.host().substring(dot));
            if (first != null && !first.namespace().equals(claim.namespace()) && first.compareTo(claim) < 0) {
                return first;
            }
        }
        return null;
    }

    /** Who has each host now. A copy. */
    public HostOwners owners() {
        Map<String, HostClaim> owners = new HashMap<>();
        for (String host : byHost.keySet()) {
            HostClaim owner = owner(host);
            if (owner != null) {
                owners.put(host, owner);
            }
        }
        return new HostOwners(owners);
    }
}
