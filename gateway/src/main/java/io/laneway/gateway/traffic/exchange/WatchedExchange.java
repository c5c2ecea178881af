package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.gateway.traffic.token.TokenCheck;
import org.jspecify.annotations.Nullable;

/** An exchange as the watchdog sees it. Confined to one event loop; one for each exchange. */
final class WatchedExchange extends Watchdog.Watched {

    private final ExchangeContext context;
    private final Forwarder forwarder;
    private final ExchangeTimeouts timeouts;
    private final @Nullable TokenCheck token;

    /** @param token null where tokens are not looked at */
    WatchedExchange(
            ExchangeContext context, Forwarder forwarder, ExchangeTimeouts timeouts, @Nullable TokenCheck token) {
        this.token = token;
        this.context = context;
        this.forwarder = forwarder;
        this.timeouts = timeouts;
    }

    @Override
    boolean isOverdue(long now, long slack) {
        if (token != null && token.waits()) {
            return token.isOverdue(now, slack);
        }
        return timeouts.isOverdue(now, slack);
    }

    @Override
    long age(long now) {
        return now - context.facts().started;
    }

    @Override
    String target() {
        ExchangeFacts facts = context.facts();
        return facts.service() + " " + facts.lane() + " " + facts.upstream;
    }

    @Override
    String clientState() {
        return (context.over() ? "over, " : "") + context.downstream().state();
    }

    @Override
    String endpointState() {
        return timeouts + ", " + forwarder.attempt().state();
    }
}
