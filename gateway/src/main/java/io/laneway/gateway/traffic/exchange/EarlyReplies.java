package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.limit.RateLimiter;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.entry.BrowserEntry;
import io.laneway.gateway.traffic.gate.Denial;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.link.LinkCheck;
import io.laneway.gateway.traffic.request.RequestFilters;
import io.laneway.gateway.traffic.token.TokenCheck;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.text.HeaderName;

/**
 * The replies that a request may get instead of being forwarded: to where it comes from, beyond what the gateway bears, to
 * its token, as a preflight, beyond its rate, to a body that is too large.
 * Confined to one event loop; one for each exchange.
 */
final class EarlyReplies {

    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");

    private final ListenerPhases phases;
    private final ExchangeContext context;
    private final ExchangeEnd exchange;

    EarlyReplies(ListenerPhases phases, ExchangeContext context, ExchangeEnd exchange) {
        this.phases = phases;
        this.context = context;
        this.exchange = exchange;
    }

    /** Whether the request is looked at, as it comes from where it may and the gateway has room for it. */
    boolean admitted(Admission admission) {
        Failure refusal = phases.listener().edge().refusal(context.facts().original);
        if (refusal == null && admission.enterGateway()) {
            return true;
        }
        stats().offence(refusal == null ? Offence.SHED : Offence.SOURCE);
        decideForPage();
        if (refusal == null) {
            phases.replies().reply(context, exchange, Failure.SHED, lines -> lines.add(RETRY_AFTER, 1));
        } else {
            phases.replies().reply(context, exchange, refusal);
        }
        return false;
    }

    /** A page in a browser reads a response only if its service's policy lets it, so the service is found all the same. */
    void decideForPage() {
        RequestHead head = context.request();
        if (head.hasAuthority() && head.lines().find(Field.ORIGIN, 0) >= 0) {
            var unused = phases.routing().route(head, context.decision(), context.facts());
        }
    }

    /** Whether its token, or that it has none, is why it is not served: it has been answered then. */
    boolean denied(TokenCheck token) {
        token.demand(phases.access().demands(context, token.required()));
        if (denied((Gate) token)) {
            return true;
        }
        if (context.facts().passedThrough) {
            token.conceal();
        }
        return false;
    }

    /** Whether the browser followed a signed link: it has been sent to the address without it then. */
    boolean sentOn(LinkCheck link) {
        BrowserEntry entry = context.listener().entry();
        boolean sent = entry != null && link.redirects(entry.keepsFrames(context.facts().original));
        if (sent) {
            phases.replies().withoutLink(context, exchange, link.clean(context.decision()));
        }
        return sent;
    }

    /** Whether a gate does not let it pass: it has been answered then. */
    boolean denied(Gate gate) {
        Denial denial = gate.denial();
        if (denial == null) {
            return false;
        }
        byte[] body = denial.body();
        if (body == null) {
            phases.replies().reply(context, exchange, denial.failure(), denial.lines());
        } else {
            phases.replies().reply(context, exchange, denial.failure(), denial.lines(), body);
        }
        return true;
    }

    /** Whether the gateway has responded to a preflight itself. */
    boolean preflighted() {
        CorsPolicy cors = context.cors();
        if (cors != null && RequestFilters.isPreflight(context)) {
            phases.replies().preflight(context, exchange, cors);
            return true;
        }
        return false;
    }

    /** A body whose length is said does not come so far as to the endpoint. */
    boolean exceeded(ServiceRules rules) {
        context.facts().mostReceived = rules.maxBody();
        boolean exceeded = context.request().bodyLength() > rules.maxBody();
        if (exceeded) {
            stats().offence(Offence.TOO_LARGE);
            phases.replies().reply(context, exchange, context.facts().tooLarge());
        }
        return exceeded;
    }

    private ListenerStats stats() {
        return phases.listener().observer().listener(phases.listener().name());
    }

    /** Whether the request is beyond its rate, as far as this gateway counts by itself, and was refused. */
    boolean limited(ServiceRules rules) {
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
