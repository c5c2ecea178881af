package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The status of each listener of a Gateway: what it takes, how many routes it has, and its conditions. Pure. */
public final class ListenerStatuses {

    private static final List<RouteGroupKind> SUPPORTED =
            List.of(new RouteGroupKind(Grants.GROUP, "HTTPRoute"), new RouteGroupKind(Grants.GROUP, "GRPCRoute"));

    private ListenerStatuses() {}

    /** Whether a listener speaks what a gateway of ours serves. */
    public static boolean serves(Listener listener) {
        return "HTTP".equals(listener.getProtocol()) || "HTTPS".equals(listener.getProtocol());
    }

    /** Whether a kind is of the group of routes. */
    static boolean ours(RouteGroupKind kind) {
        return kind.getGroup() == null || kind.getGroup().equals(Grants.GROUP);
    }

    /** @param attached how many routes each listener has, by its name */
    static List<ListenerStatus> of(Gateway gateway, Map<String, Integer> attached, Conditions conditions) {
        List<ListenerStatus> before =
                gateway.getStatus() == null ? List.of() : gateway.getStatus().getListeners();
        List<ListenerStatus> statuses = new ArrayList<>();
        for (Listener listener : gateway.getSpec().getListeners()) {
            List<Condition> old = before.stream()
                    .filter(one -> listener.getName().equals(one.getName()))
                    .flatMap(one -> one.getConditions().stream())
                    .toList();
            statuses.add(one(listener, attached.getOrDefault(listener.getName(), 0), conditions, old));
        }
        return statuses;
    }

    private static ListenerStatus one(Listener listener, int routes, Conditions conditions, List<Condition> old) {
        var allowed = listener.getAllowedRoutes();
        List<RouteGroupKind> asked = allowed == null ? List.of() : allowed.getKinds();
        List<RouteGroupKind> kinds = SUPPORTED.stream()
                .filter(one -> asked.isEmpty()
                        || asked.stream()
                                .anyMatch(ask -> ours(ask) && one.getKind().equals(ask.getKind())))
                .toList();
        boolean known = asked.stream()
                .allMatch(ask -> ours(ask)
                        && SUPPORTED.stream().anyMatch(one -> one.getKind().equals(ask.getKind())));
        boolean serves = serves(listener);
        String protocol = serves ? "" : "protocol: " + listener.getProtocol() + " (expected: HTTP or HTTPS)";
        return new ListenerStatusBuilder()
                .withName(listener.getName())
                .withSupportedKinds(serves ? kinds : List.of())
                .withAttachedRoutes(routes)
                .withConditions(
                        conditions.make("Accepted", serves, serves ? "Accepted" : "UnsupportedProtocol", protocol, old),
                        conditions.make("Conflicted", false, "NoConflicts", "", old),
                        conditions.make(
                                "ResolvedRefs",
                                known,
                                known ? "ResolvedRefs" : "InvalidRouteKinds",
                                known ? "" : "allowedRoutes.kinds (expected: HTTPRoute or GRPCRoute)",
                                old),
                        conditions.make("Programmed", serves, serves ? "Programmed" : "Invalid", protocol, old))
                .build();
    }
}
