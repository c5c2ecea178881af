package io.laneway.k8s.host;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has which host, by the host in lower case. Immutable. */
public record HostOwners(Map<String, HostClaim> byHost) {

    /** No host has an owner. */
    public static final HostOwners NONE = new HostOwners(Map.of());

    public HostOwners {
        byHost = Map.copyOf(byHost);
    }

    /** The claims of other namespaces, no older than a time, that have a host or a part of it. */
    public List<HostClaim> newer(String host, String namespace, String created) {
        return byHost.values().stream()
                .filter(claim -> !claim.namespace().equals(namespace))
                .filter(claim -> claim.created().compareTo(created) >= 0)
                .filter(claim -> HostRules.covers(host, claim.host()))
                .sorted()
                .toList();
    }

    /** The claim of another namespace, older than a time, that has a host, or a part of it, or a pattern around it; or null. */
    public @Nullable HostClaim older(String host, String namespace, String created) {
        return byHost.values().stream()
                .filter(claim -> !claim.namespace().equals(namespace))
                .filter(claim -> claim.created().compareTo(created) < 0)
                .filter(claim -> HostRules.covers(claim.host(), host) || HostRules.covers(host, claim.host()))
                .min(HostClaim::compareTo)
                .orElse(null);
    }
}
