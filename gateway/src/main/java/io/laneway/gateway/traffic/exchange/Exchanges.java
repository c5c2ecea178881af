package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.traffic.authorize.LoopAuth;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.filter.LoopFilters;
import io.laneway.gateway.traffic.interest.LoopInterests;
import io.laneway.gateway.traffic.link.LoopLinks;
import io.laneway.gateway.traffic.token.LoopTokens;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The exchanges of one listener on one event loop, and those at rest. Confined to that loop. */
public final class Exchanges implements RequestHandler {

    private static final int MAX_RESTING = 1024;

    private final ListenerPhases phases;
    private final ArrayDeque<Exchange> resting = new ArrayDeque<>();

    /**
     * None yet.
     *
     * @param tokens what the loop has of the listener's tokens, null where it looks at none
     * @param auth   what it has of the listener's authorization, null where no one is asked
     * @param links  what it has of the listener's links, null where lanes are not signed
     * @param own    what it has of the listener's filters of one's own, null where there are none
     * @param rates  counts rates with other gateways, null where nothing does
     * @param interests finds out whether a request needs more of the table, null where all of it is here
     */
    public Exchanges(
            ListenerContext listener,
            @Nullable LoopTokens tokens,
            @Nullable LoopAuth auth,
            @Nullable LoopLinks links,
            @Nullable LoopFilters own,
            @Nullable FleetRates rates,
            @Nullable LoopInterests interests) {
        this.phases = ListenerPhases.of(listener, tokens, auth, links, own, rates, interests);
        phases.watchdog().start();
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
        return exchange == null ? new Exchange(phases, this::giveBack, head, stream) : exchange;
    }

    private void giveBack(Exchange exchange) {
        if (resting.size() < MAX_RESTING) {
            resting.addLast(exchange);
        } else {
            exchange.forget();
        }
    }
}
