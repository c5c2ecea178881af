package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.protocol.stream.RequestSink;
import java.util.ArrayDeque;

/** The exchanges of one listener on one event loop, and those at rest. Confined to that loop. */
public final class Exchanges implements RequestHandler {

    private static final int MAX_RESTING = 1024;

    private final ExchangeContext site;
    private final Routing routing;
    private final Stamping stamping;
    private final LocalReplies replies;
    private final RequestFilters guards;
    private final Mirroring mirroring;
    private final BalanceKeys keys = new BalanceKeys();
    private final ArrayDeque<Exchange> resting = new ArrayDeque<>();
    private final Watchdog watchdog;

    public Exchanges(ExchangeContext site) {
        this.site = site;
        this.routing = new Routing(site);
        this.stamping = new Stamping(site);
        this.replies = new LocalReplies(site);
        this.guards = new RequestFilters(this, site);
        this.mirroring = new Mirroring(site, stamping);
        this.watchdog = new Watchdog(site.upstreams().loop());
        watchdog.start();
    }

    @Override
    public RequestSink begin(RequestHead head, Downstream stream, boolean end) {
        Exchange exchange = take(head, stream);
        exchange.begin(head, stream, end);
        return exchange;
    }

    @Override
    public void refused(RequestHead head, Downstream stream, Failure failure) {
        take(head, stream).refused(head, stream, failure);
    }

    private Exchange take(RequestHead head, Downstream stream) {
        Exchange exchange = resting.pollLast();
        return exchange == null ? new Exchange(this, site, head, stream) : exchange;
    }

    void giveBack(Exchange exchange) {
        if (resting.size() < MAX_RESTING) {
            resting.addLast(exchange);
        } else {
            exchange.forget();
        }
    }

    Watchdog watchdog() {
        return watchdog;
    }

    RequestFilters guards() {
        return guards;
    }

    Mirroring mirroring() {
        return mirroring;
    }

    BalanceKeys keys() {
        return keys;
    }

    Routing routing() {
        return routing;
    }

    Stamping stamping() {
        return stamping;
    }

    LocalReplies replies() {
        return replies;
    }
}
