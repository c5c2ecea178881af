package io.laneway.k8s.route.rule;

import io.laneway.k8s.route.rule.Timeouts.Times;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Cors;
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
record Rule(List<Where> matches, Filters filters, Times times, List<RoutePart> parts) {

    /** What the Gateway API demands where a backend cannot be used. */
    static final int NO_BACKEND = 500;

    /** The same of GRPCRoutes, whose clients are to read {@code UNAVAILABLE}. */
    static final int NO_GRPC_BACKEND = 503;

    /** One match. Immutable. */
    record Where(String path, RouteMatch match) {}

    /**
     * The filters of a rule, merged. Immutable.
     *
     * @param lane  of requests that carry none, null for none
     * @param found whether all that they name is there
     */
    record Filters(
            @Nullable Redirect redirect,
            @Nullable Rewrite rewrite,
            HeaderRules headers,
            List<RouteMirror> mirrors,
            @Nullable Cors cors,
            @Nullable String lane,
            boolean found) {

        /** None. */
        static final Filters NONE = new Filters(null, null, HeaderRules.NONE, List.of(), null, null, true);

        Filters {
            mirrors = List.copyOf(mirrors);
        }
    }

    Rule {
        matches = List.copyOf(matches);
        parts = List.copyOf(parts);
    }

    /** The same, or where a filter names what is not there one that answers all its requests with this status. */
    Rule orElse(int failure) {
        return filters.found()
                ? this
                : new Rule(matches, Filters.NONE, new Times(null, null), List.of(RoutePart.response(failure, 1)));
    }

    /** Adds the rule's routes to a verdict; what the table refuses is noted as not supported. */
    void add(List<HostsAt> hosts, String path, Verdict verdict) {
        if (!parts.isEmpty() && filters.redirect() != null) {
            verdict.unsupported(path + ".backendRefs", parts.size() + " beside a redirection (expected: none)");
            return;
        }
        if (filters.rewrite() != null && parts.stream().anyMatch(part -> part.rewrite() != null)) {
            verdict.unsupported(path + ".backendRefs", "URLRewrite beside that of the rule (expected: one of them)");
            return;
        }
        for (HostsAt at : hosts) {
            for (Where where : matches) {
                try {
                    verdict.add(route(at, where));
                } catch (IllegalArgumentException e) {
                    verdict.unsupported(path, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private Route route(HostsAt at, Where where) {
        boolean strip = strips(filters.rewrite()) && !where.match().exact();
        ServiceId service = parts.size() == 1 ? plain(parts.get(0)) : null;
        RouteAction action = new RouteAction(
                service == null ? parts : List.of(),
                filters.redirect(),
                strip ? null : filters.rewrite(),
                filters.headers(),
                times.request(),
                times.perTry(),
                filters.mirrors(),
                null,
                filters.cors(),
                filters.lane(),
                null,
                false);
        return new Route(at.hosts(), where.path(), service, strip, where.match().at(at.ports()), action);
    }

    /** The service of a part that says nothing else; null if it does. */
    private static @Nullable ServiceId plain(RoutePart part) {
        return part.port() == Port.ANY && part.headers().equals(HeaderRules.NONE) && part.rewrite() == null
                ? part.service()
                : null;
    }

    private static boolean strips(@Nullable Rewrite rewrite) {
        return rewrite != null && rewrite.host() == null && "/".equals(rewrite.prefix());
    }
}
