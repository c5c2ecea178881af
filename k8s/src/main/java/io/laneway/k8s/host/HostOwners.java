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

    /**
     * The claims of other namespaces that come after an object and have a host or a part of it.
     *
     * @param key     {@code namespace/name} of the object
     * @param created when it was created
     */
    public List<HostClaim> after(String host, String namespace, String key, String created) {
        return byHost.values().stream()
                .filter(claim -> !claim.namespace().equals(namespace))
                .filter(claim -> !claim.before(key, created))
                .filter(claim -> HostRules.covers(host, claim.host()))
                .sorted()
                .toList();
    }

    /**
     * The claim of another namespace that comes before an object and has a host, or a part of it, or a pattern around it; or
     * null.
     *
     * @param key     {@code namespace/name} of the object
     * @param created when it was created
     */
    public @Nullable HostClaim before(String host, String namespace, String key, String created) {
        return byHost.values().stream()
                .filter(claim -> !claim.namespace().equals(namespace))
                .filter(claim -> claim.before(key, created))
                .filter(claim -> HostRules.covers(claim.host(), host) || HostRules.covers(host, claim.host()))
                .min(HostClaim::compareTo)
                .orElse(null);
    }
}
