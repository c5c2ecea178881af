package io.laneway.cli.check;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of tokens is seldom meant: a table that goes by them, on a listener that verifies none; an issuer whose tokens for
 * others count as well. Stateless.
 */
final class TokenWarnings {

    private TokenWarnings() {}

    /** Warns of each external listener without {@code jwt} on which the table looks for a claim or demands a token. */
    static void add(LaneTable table, GatewayConfig config, Node document, Problems problems) {
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            if (listener.trust() == Trust.EXTERNAL && listener.jwt() == null) {
                for (String wish : wishes(table, listener.auth() == null)) {
                    warn(
                            document,
                            "listeners[" + i + "]",
                            wish + " on listener " + listener.name() + ": it verifies no tokens",
                            "jwt, so that tokens count",
                            problems);
                }
            }
        }
    }

    /** @param alone whether a demand has no effect but on tokens */
    private static List<String> wishes(LaneTable table, boolean alone) {
        List<String> wishes = new ArrayList<>();
        for (Shift shift : table.shifts()) {
            for (TenantSource place : shift.tenant()) {
                if (place.kind() == TenantSource.Kind.JWT_CLAIM) {
                    wishes.add("shift " + shift.name() + " takes tenants from the claim " + place.name()
                            + ", which is absent");
                }
            }
        }
        for (Service service : table.services()) {
            if (alone && demands(service.policy().access())) {
                wishes.add("service " + service.id() + " demands a token, which has no effect");
            }
        }
        for (Route route : table.routes()) {
            if (alone && demands(route.action().access())) {
                wishes.add("route " + route.path() + " demands a token, which has no effect");
            }
        }
        return wishes;
    }

    private static boolean demands(@Nullable Access access) {
        return access != null && !access.open();
    }

    /** Warns of each issuer without audiences. */
    static void issuers(GatewayConfig config, Node document, Problems problems) {
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            for (int j = 0;
                    listener.jwt() != null && j < listener.jwt().issuers().size();
                    j++) {
                if (listener.jwt().issuers().get(j).audiences().isEmpty()) {
                    warn(
                            document,
                            "listeners[" + i + "].jwt.issuers[" + j + "]",
                            "tokens of this issuer count for whomever they are",
                            "audiences, so that tokens for other systems do not",
                            problems);
                }
            }
        }
    }

    private static void warn(Node document, String path, String what, String expected, Problems problems) {
        problems.warn(document.nearest(path).location().problem("warning: " + what, expected));
    }
}
