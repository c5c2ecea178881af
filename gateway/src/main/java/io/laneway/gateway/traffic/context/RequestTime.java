package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.policy.Timeouts;

/**
 * The time that a request has for something it waits for: what is configured for that, within its own. Confined to one event loop; one for
 * each exchange. Nanoseconds.
 */
public final class RequestTime {

    private final ExchangeContext context;
    private final long most;

    /** @param most that is configured */
    public RequestTime(ExchangeContext context, long most) {
        this.context = context;
        this.most = most;
    }

    /** What it may take from now on, at least 1. */
    public long left() {
        return Math.max(1, Math.min(most, own()));
    }

    /** Whether the request's own time is over. */
    public boolean isOver() {
        return own() <= 0;
    }

    /** For its body. */
    public long forBody() {
        return Math.max(1, Math.min(own(), Timeouts.DEFAULT.request().toNanos()));
    }

    /** What is left of the request's own time. */
    private long own() {
        ServiceRules rules = context.facts().passedThrough ? null : context.serviceRules();
        Timeouts timeouts = rules == null ? Timeouts.DEFAULT : rules.policy().timeouts();
        RouteRules route = context.facts().passedThrough ? null : context.routeRules();
        long request = route == null || route.timeout() < 0 ? timeouts.request().toNanos() : route.timeout();
        long call = context.grpc().active() ? GrpcCall.within(context.request().lines()) : 0;
        long bound = Math.min(bound(request), Math.min(bound(timeouts.total().toNanos()), bound(call)));
        return bound == Long.MAX_VALUE ? bound : bound - (context.loop().now() - context.facts().started);
    }

    private static long bound(long nanos) {
        return nanos > 0 ? nanos : Long.MAX_VALUE;
    }
}
