package io.laneway.k8s.host;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has which host, by the host in lower case. Immutable. */
public record HostOwners(Map<String, HostClaim> byHost) {

    /** No host has an owner. */
    public static final HostOwners NONE = new HostOwners(Map.of());

    public HostOwners {
        byHost = Map.copyOf(byHost);
    }

    /** Who has a host, or the most specific pattern that it is part of; null if none has. */
    public @Nullable HostClaim of(String host) {
        HostClaim exact = byHost.get(host);
        int dot = host.indexOf('.', host.startsWith("*.") ? 2 : 0);
        while (exact == null && dot >= 0) {
            exact = byHost.get("*" + host.substring(dot));
            dot = host.indexOf('.', dot + 1);
        }
        return exact;
    }
}
