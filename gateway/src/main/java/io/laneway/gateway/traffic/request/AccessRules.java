package io.laneway.gateway.traffic.request;

import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.ServiceRules;

/**
 * Whether a request that was routed needs a token: as its route says, else its service, else its listener. Those that the
 * gateway answers by itself do not: redirections lead to where a token is asked for, and browsers send preflights without.
 * Stateless.
 */
public final class AccessRules {

    /** Whether a request needs a token, on a listener that demands one or not. */
    public boolean demandsToken(ExchangeContext context, boolean byListener) {
        if (context.facts().passedThrough || !context.facts().decided) {
            return byListener && !isRedirected(context);
        }
        ServiceRules rules = context.serviceRules();
        CorsPolicy cors = rules == null ? null : rules.cors();
        return byListener && (cors == null || !RequestFilters.isPreflight(context));
    }

    /** The decision is of this request only if there is a table. */
    private static boolean isRedirected(ExchangeContext context) {
        return context.listener().table().get() != null
                && context.decision().redirected()
                && !context.facts().passedThrough;
    }
}
