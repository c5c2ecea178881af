package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.network.Network;
import java.util.List;

/**
 * From where a listener takes requests. Immutable. docs/reference/configuration.md#access.
 *
 * @param allow whose requests are taken; empty for everyone's
 * @param deny  whose are not, though they be allowed
 */
public record AccessConfig(List<Network> allow, List<Network> deny) {

    public AccessConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        if (allow.isEmpty() && deny.isEmpty()) {
            throw new IllegalArgumentException("no network (expected: one in allow or deny)");
        }
    }
}
