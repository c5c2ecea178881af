package io.laneway.gateway.traffic.request;

import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.Access;
import io.laneway.router.table.ServiceEntry;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that was routed needs what its listener demands, a token or authorization: as its route says, else its
 * service, else its listener. Browsers send preflights without, so that those which the gateway answers need none; nor do
 * redirections, unless their route says so: they lead to where it is asked for. Stateless.
 */
public final class AccessRules {

    /** Whether a request needs it, on a listener that demands it or not. */
    public boolean demands(ExchangeContext context, boolean byListener) {
        if (context.facts().passedThrough) {
            return byListener;
        }
        if (!context.facts().decided) {
            return isRedirected(context) ? demands(byRoute(context), false) : byListener;
        }
        return demands(byRoute(context), demands(byService(context), byListener)) && !isOwnPreflight(context);
    }

    private static boolean demands(@Nullable Access access, boolean otherwise) {
        return access == null ? otherwise : !access.open();
    }

    private static @Nullable Access byRoute(ExchangeContext context) {
        RouteRules route = context.routeRules();
        return route == null ? null : route.access();
    }

    private static @Nullable Access byService(ExchangeContext context) {
        ServiceEntry<Cluster, ServiceRules> service = context.decision().service();
        return service == null ? null : service.service().policy().access();
    }

    private static boolean isOwnPreflight(ExchangeContext context) {
        return context.cors() != null && RequestFilters.isPreflight(context);
    }

    /** The decision is of this request only if there is a table. */
    private static boolean isRedirected(ExchangeContext context) {
        return context.listener().table().get() != null && context.decision().redirected();
    }
}
