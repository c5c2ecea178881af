package io.laneway.gateway.traffic.exchange;

/** An exchange as the watchdog sees it. Confined to one event loop; one for each exchange. */
final class WatchedExchange extends Watchdog.Watched {

    private final Exchange exchange;
    private final Forwarder forwarding;
    private final ExchangeTimeouts bounds;

    WatchedExchange(Exchange exchange, Forwarder forwarding, ExchangeTimeouts bounds) {
        this.exchange = exchange;
        this.forwarding = forwarding;
        this.bounds = bounds;
    }

    @Override
    boolean isOverdue(long now, long slack) {
        return bounds.isOverdue(now, slack);
    }

    @Override
    long age(long now) {
        return now - exchange.facts.started;
    }

    @Override
    String target() {
        ExchangeFacts facts = exchange.facts;
        return facts.service() + " " + facts.lane() + " " + facts.upstream;
    }

    @Override
    String callerState() {
        return (exchange.over() ? "over, " : "") + exchange.downstream().state();
    }

    @Override
    String endpointState() {
        return bounds + ", " + forwarding.attempt().state();
    }
}
