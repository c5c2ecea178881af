package io.laneway.cli.check;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;

/** What of tokens is seldom meant: claims that choose a tenant, on a listener that verifies none. Stateless. */
final class TokenWarnings {

    private TokenWarnings() {}

    /** Warns of each external listener without {@code jwt} on which a shift of the table looks for a claim. */
    static void add(LaneTable table, GatewayConfig config, Node document, Problems problems) {
        for (Shift shift : table.shifts()) {
            for (TenantSource place : shift.tenant()) {
                if (place.kind() == TenantSource.Kind.JWT_CLAIM) {
                    listeners(shift, place, config, document, problems);
                }
            }
        }
    }

    private static void listeners(
            Shift shift, TenantSource place, GatewayConfig config, Node document, Problems problems) {
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            if (listener.trust() == Trust.EXTERNAL && listener.jwt() == null) {
                problems.warn(document.nearest("listeners[" + i + "]")
                        .location()
                        .problem(
                                "warning: shift " + shift.name() + " takes tenants from the claim " + place.name()
                                        + ", which is absent on listener " + listener.name()
                                        + ": it verifies no tokens",
                                "jwt, so that claims count"));
            }
        }
    }
}
