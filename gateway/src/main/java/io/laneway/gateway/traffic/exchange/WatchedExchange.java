package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.gateway.traffic.gate.GateWait;
import org.jspecify.annotations.Nullable;

/** An exchange as the watchdog sees it. Confined to one event loop; one for each exchange. */
final class WatchedExchange extends Watchdog.Watched {

    private final ExchangeContext context;
    private final Forwarder forwarder;
    private final ExchangeTimeouts timeouts;
    private final @Nullable GateWait wait;

    /** @param wait null where no gate is on the way */
    WatchedExchange(ExchangeContext context, Forwarder forwarder, ExchangeTimeouts timeouts, @Nullable GateWait wait) {
        this.wait = wait;
        this.context = context;
        this.forwarder = forwarder;
        this.timeouts = timeouts;
    }

    @Override
    boolean isOverdue(long now, long slack) {
        if (wait != null && wait.waits()) {
            return wait.isOverdue(now, slack);
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
