package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.request.RequestFilters;
import io.laneway.gateway.traffic.token.TokenCheck;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.ServiceRules;

/**
 * The replies that a routed request may get instead of being forwarded: to its token, as a preflight, beyond its rate.
 * Confined to one event loop; one for each exchange.
 */
final class EarlyReplies {

    private final ListenerPhases phases;
    private final ExchangeContext context;
    private final ExchangeEnd exchange;

    EarlyReplies(ListenerPhases phases, ExchangeContext context, ExchangeEnd exchange) {
        this.phases = phases;
        this.context = context;
        this.exchange = exchange;
    }

    /** Whether its token, or that it has none, is why it is not served: it has been answered then. */
    boolean denied(TokenCheck token) {
        Failure denial = token.denial(phases.access().demandsToken(context, token.required()));
        if (denial != null) {
            phases.replies().reply(context, exchange, denial, token::challenge);
            return true;
        }
        if (context.facts().passedThrough) {
            token.conceal();
        }
        return false;
    }

    /** Whether the rules of the service want a local reply to the request, which it has got then. */
    boolean filtered(ServiceRules rules) {
        CorsPolicy cors = rules.cors();
        if (cors != null && RequestFilters.isPreflight(context)) {
            phases.replies().preflight(context, exchange, cors);
            return true;
        }
        RateLimiter limiter = rules.rate();
        if (limiter == null) {
            return false;
        }
        long wait = phases.filters().take(limiter, rules, context);
        if (wait == 0) {
            return false;
        }
        phases.replies()
                .reply(
                        context,
                        exchange,
                        RequestFilters.LIMITED,
                        lines -> RequestFilters.addRateHeaders(lines, limiter.rate(), wait));
        return true;
    }
}
