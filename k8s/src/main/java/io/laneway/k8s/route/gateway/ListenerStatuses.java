package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.gateway.CertificateRefs.Problem;
import io.laneway.k8s.route.gateway.FrontendClients.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The status of each listener of a Gateway: what it takes, how many routes it has, and its conditions. Made for one
 * reconciliation; confined to one thread.
 */
public final class ListenerStatuses {

    private static final String INVALID = "Invalid";
    private static final String OVERLAP = "OverlappingTLSConfig";

    /** Why a listener is not programmed whose port nothing leads to the gateways. */
    static final String WAITS = "Pending";

    private static final String OVERLAPPING = "another listener of the same port has some of the same hosts";

    /** What we say of a listener: conditions of other types are those of others. */
    private static final Set<String> OURS = Set.of("Accepted", "Conflicted", "ResolvedRefs", "Programmed", OVERLAP);

    private final CertificateRefs certificates;
    private final FrontendClients clients;
    private final Edge edge;
    private boolean resolved = true;

    ListenerStatuses(CertificateRefs certificates, FrontendClients clients, Edge edge) {
        this.certificates = certificates;
        this.clients = clients;
        this.edge = edge;
    }

    /** Whether a kind is of the group of routes. */
    static boolean ours(RouteGroupKind kind) {
        return kind.getGroup() == null || kind.getGroup().equals(Grants.GROUP);
    }

    /** Whether every certificate was there: else it is to be looked for again. */
    boolean resolved() {
        return resolved;
    }

    /**
     * Those of a Gateway's own listeners.
     *
     * @param whole    the Gateway with the listeners of its ListenerSets
     * @param attached how many routes each listener has, by its name
     */
    List<ListenerStatus> of(Gateway gateway, Gateway whole, Map<String, Integer> attached, Conditions conditions) {
        List<ListenerStatus> before =
                gateway.getStatus() == null ? List.of() : gateway.getStatus().getListeners();
        List<ListenerStatus> statuses = new ArrayList<>();
        for (Listener listener : gateway.getSpec().getListeners()) {
            List<Condition> old = before.stream()
                    .filter(one -> listener.getName().equals(one.getName()))
                    .flatMap(one -> one.getConditions().stream())
                    .toList();
            statuses.add(one(whole, listener, attached.getOrDefault(listener.getName(), 0), conditions, old));
        }
        return statuses;
    }

    /** That of one listener of a Gateway, or of a ListenerSet whose listeners the Gateway has as far as it takes them. */
    ListenerStatus one(Gateway gateway, Listener listener, int routes, Conditions conditions, List<Condition> old) {
        List<RouteGroupKind> kinds = Listeners.speaks(listener) ? kinds(listener) : List.of();
        String conflict = Listeners.speaks(listener) ? Listeners.conflict(gateway, listener) : null;
        Asked asked = clients.of(gateway, listener);
        boolean fromSet = Origin.of(gateway, listener).isSet();
        Problem refused = refused(listener, conflict, fromSet, asked);
        Problem unresolved = unresolved(gateway, listener, asked);
        boolean programmed = refused == null
                && !kinds.isEmpty()
                && (unresolved == null
                        || unresolved.reason().equals("InvalidRouteKinds")
                        || (asked != null && unresolved.equals(asked.problem())));
        boolean reached = edge.reaches(Meta.key(gateway), listener.getPort());
        List<Condition> now = new ArrayList<>(old);
        now.removeIf(one -> OURS.contains(one.getType()));
        now.add(made("Accepted", refused, conditions, old));
        now.add(conditions.make(
                "Conflicted",
                conflict != null,
                conflict == null ? "NoConflicts" : conflict,
                conflict == null ? "" : message(conflict),
                old));
        now.add(made("ResolvedRefs", unresolved, conditions, old));
        if (!programmed) {
            String why = refused != null ? refused.message() : unresolved == null ? "" : unresolved.message();
            String reason = fromSet && conflict != null ? conflict : INVALID;
            now.add(conditions.make("Programmed", false, reason, why, old));
        } else if (!reached) {
            String why = "port: no Service of the edge leads " + listener.getPort() + " to the gateways";
            now.add(conditions.make("Programmed", false, WAITS, why, old));
        } else {
            now.add(conditions.make("Programmed", true, "Programmed", "", old));
        }
        if (Listeners.overlaps(gateway, listener)) {
            now.add(conditions.make(OVERLAP, true, "OverlappingHostnames", OVERLAPPING, old));
        }
        return new ListenerStatusBuilder()
                .withName(listener.getName())
                .withSupportedKinds(kinds)
                .withAttachedRoutes(routes)
                .withConditions(now)
                .build();
    }

    private static Condition made(String type, @Nullable Problem problem, Conditions conditions, List<Condition> old) {
        return problem == null
                ? conditions.make(type, true, type, "", old)
                : conditions.make(type, false, problem.reason(), problem.message(), old);
    }

    private static @Nullable Problem refused(
            Listener listener, @Nullable String conflict, boolean fromSet, @Nullable Asked asked) {
        if (Listeners.isTls(listener) && !Listeners.speaks(listener)) {
            return new Problem(
                    "UnsupportedValue",
                    "tls.mode: "
                            + (listener.getTls() == null
                                    ? null
                                    : listener.getTls().getMode()) + " (expected: Passthrough or Terminate)");
        }
        if (!Listeners.speaks(listener)) {
            return new Problem(
                    "UnsupportedProtocol", "protocol: " + listener.getProtocol() + " (expected: HTTP, HTTPS or TLS)");
        }
        if (conflict != null) {
            return new Problem(fromSet ? conflict : INVALID, message(conflict));
        }
        return asked == null || asked.usable()
                ? null
                : new Problem(
                        "NoValidCACertificate",
                        "spec.tls.frontend: no authority of clients can be used, so that none is taken");
    }

    private static String message(String conflict) {
        return conflict + ": another listener of the same port has "
                + (conflict.equals("ProtocolConflict") ? "another protocol" : "the same hostname");
    }

    private @Nullable Problem unresolved(Gateway gateway, Listener listener, @Nullable Asked asked) {
        boolean known = asked(listener).stream()
                .allMatch(ask -> ours(ask) && Listeners.kinds(listener).contains(ask.getKind()));
        if (!known) {
            return new Problem(
                    "InvalidRouteKinds",
                    "allowedRoutes.kinds (expected: " + String.join(" or ", Listeners.kinds(listener)) + ")");
        }
        Problem problem = certificates.problem(listener, Origin.of(gateway, listener));
        problem = problem == null && asked != null ? asked.problem() : problem;
        resolved &= problem == null;
        return problem;
    }

    private static List<RouteGroupKind> asked(Listener listener) {
        var allowed = listener.getAllowedRoutes();
        return allowed == null ? List.of() : allowed.getKinds();
    }

    private static List<RouteGroupKind> kinds(Listener listener) {
        List<RouteGroupKind> asked = asked(listener);
        return Listeners.kinds(listener).stream()
                .filter(one ->
                        asked.isEmpty() || asked.stream().anyMatch(ask -> ours(ask) && one.equals(ask.getKind())))
                .map(one -> new RouteGroupKind(Grants.GROUP, one))
                .toList();
    }
}
