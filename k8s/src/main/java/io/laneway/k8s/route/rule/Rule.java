package io.laneway.k8s.route.rule;

import io.laneway.k8s.route.rule.Timeouts.Times;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Part;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteAction.Rewrite;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of either kind of route says, in the table's words. Immutable.
 *
 * @param matches requests that any of these wants
 * @param filters what is done with them
 * @param times   null for the policy's
 * @param parts   where they go
 */
record Rule(List<Where> matches, Filters filters, Times times, List<Part> parts) {

    /** One match. Immutable. */
    record Where(String path, RouteMatch match) {}

    /** The filters of a rule, merged. Immutable. */
    record Filters(
            @Nullable Redirect redirect,
            @Nullable Rewrite rewrite,
            HeaderRules headers,
            @Nullable RouteMirror mirror) {}

    Rule {
        matches = List.copyOf(matches);
        parts = List.copyOf(parts);
    }

    /** Adds the rule's routes to a verdict; what the table refuses is noted as not supported. */
    void add(List<String> hosts, String path, Verdict verdict) {
        if (parts.isEmpty() == (filters.redirect() == null)) {
            if (verdict.resolved()) {
                verdict.unsupported(
                        path + ".backendRefs",
                        parts.size() + " with a weight above 0 (expected: at least 1, or a redirection without any)");
            }
            return;
        }
        for (Where where : matches) {
            try {
                verdict.add(route(hosts, where));
            } catch (IllegalArgumentException e) {
                verdict.unsupported(path, String.valueOf(e.getMessage()));
            }
        }
    }

    private Route route(List<String> hosts, Where where) {
        boolean strip = strips(filters.rewrite()) && !where.match().exact();
        boolean plain = parts.size() == 1 && parts.get(0).port() == Port.ANY;
        ServiceId service = plain ? parts.get(0).service() : null;
        RouteAction action = new RouteAction(
                plain ? List.of() : parts,
                filters.redirect(),
                strip ? null : filters.rewrite(),
                filters.headers(),
                times.request(),
                times.perTry(),
                filters.mirror());
        return new Route(hosts, where.path(), service, strip, where.match(), action);
    }

    private static boolean strips(@Nullable Rewrite rewrite) {
        return rewrite != null && rewrite.host() == null && "/".equals(rewrite.prefix());
    }
}
