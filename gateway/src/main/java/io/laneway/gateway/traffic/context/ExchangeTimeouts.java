package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Timeouts;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long an exchange may last, and how long without anything moving. Confined to one event loop; one for each exchange.
 * Nanoseconds; 0 is no bound.
 *
 * <p>The policy's {@code request} counts from the request's end to the response's head, and while nothing takes the request.
 * Bodies, of either direction, are bounded by {@code idle} alone; from outside the body of a request has to make a least rate as
 * well while it is the client who is waited for. A call of gRPC may have nothing to send for long. The call's own
 * deadline and {@code total} count from the beginning to the very end.
 */
public final class ExchangeTimeouts extends TimerEntry {

    /** Clients end their calls at the deadline themselves, and say so in their own words: they are let. */
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** What a timeout asks of its exchange, and calls when it is up. */
    public interface Listener {

        /** Whether an endpoint takes the request. */
        boolean sending();

        /** Whether it is the client for whom the rest of the request's body waits. */
        boolean waitsForClient();

        /** No response within the time that the policy gives. */
        void responseTimedOut();

        /** Another bound is passed. */
        void fail(Failure failure);
    }

    private final ExchangeContext context;
    private final Listener exchange;
    private final Loop loop;
    private final boolean external;
    private long request;
    private long total;
    private long call;
    private long idle;
    private long age;
    private long asked;
    private long seen;
    private long least;
    private boolean streams;
    private boolean whole;
    private boolean responded;
    private boolean running;
    private long lastMove;

    public ExchangeTimeouts(ExchangeContext context, Listener listener) {
        this.context = context;
        this.exchange = listener;
        this.loop = context.loop();
        this.external = !context.listener().traits().internal();
    }

    /**
     * Begins for a request of a service with that policy, by a route that may have a time of its own.
     *
     * @param end whether the request is its head alone
     */
    public void start(Policy policy, @Nullable RouteRules route, boolean end) {
        HeaderLines lines = context.request().lines();
        Timeouts timeouts = policy.timeouts();
        request = route == null || route.timeout() < 0 ? timeouts.request().toNanos() : route.timeout();
        if (lines.mayHave(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit())) {
            request = requestTime(lines, request);
        }
        total = timeouts.total().toNanos();
        idle = timeouts.idle().toNanos();
        age = timeouts.maxStreamAge().toNanos();
        boolean calls = context.grpc().active();
        long within = calls ? GrpcCall.within(lines) : 0;
        call = within == 0 ? 0 : Math.min(within, Long.MAX_VALUE / 2) + GRACE;
        boolean pauses = calls && context.conversion() == null;
        least = external && !pauses ? leastOf(timeouts.minRate()) : 0;
        lastMove = context.facts().started;
        asked = lastMove;
        seen = 0;
        streams = request == 0;
        responded = false;
        running = true;
        whole = end || context.switching();
        arm(lastMove);
    }

    /** What a peer within asked for instead of the policy's bound on the whole request, in nanoseconds. */
    private static long requestTime(HeaderLines lines, long byPolicy) {
        int line = lines.find(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS, 0);
        if (line < 0) {
            return byPolicy;
        }
        long millis = Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
        lines.remove(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS);
        return millis < 0 ? byPolicy : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Bytes that {@code rate} a second make in the time for a request. */
    private long leastOf(int rate) {
        return (long) ((double) request / SECOND * rate);
    }

    /** The request is whole. */
    public void asked() {
        if (!whole) {
            whole = true;
            asked = loop.now();
            arm(asked);
        }
    }

    public boolean whole() {
        return whole;
    }

    /** The client was held back until now: its rate counts from here. */
    public void resumed() {
        moved();
        asked = lastMove;
        seen = came();
    }

    /**
     * Whether the deadline of a call of gRPC is past. An endpoint ends such a call by a reset, and its client, when it is
     * busy, may hear of that before it looks at the clock.
     */
    public boolean callIsOver() {
        return call > 0 && left(call, context.facts().started, loop.now()) <= GRACE;
    }

    /** The response's head is there. */
    public void responded() {
        responded = true;
    }

    /** The response is one that lasts as long as there is something to send. */
    public void streams() {
        responded = true;
        streams = true;
        arm(loop.now());
    }

    /** It has become a tunnel or another protocol: no deadline of a call any more. */
    public void switched() {
        call = 0;
        streams();
    }

    private void arm(long now) {
        long started = context.facts().started;
        long left = Math.min(left(idle, lastMove, now), left(call, started, now));
        left = Math.min(left, Math.min(left(total, started, now), left(age(), started, now)));
        left = Math.min(left, left(bound(), asked, now));
        if (left < Long.MAX_VALUE) {
            loop.wheel().set(this, now, left);
        } else {
            loop.wheel().clear(this);
        }
    }

    private long bound() {
        return responded ? 0 : request;
    }

    /** Whether it is the body that is on its way, and not too slowly; then it is looked at again. */
    private boolean comesOn(long now) {
        if (whole || !exchange.sending() || (exchange.waitsForClient() && came() - seen < least)) {
            return false;
        }
        seen = came();
        asked = now;
        return true;
    }

    private long came() {
        return context.facts().received + context.downstream().arriving();
    }

    /** Bounds what the request's time does not. */
    private long age() {
        return streams ? age : 0;
    }

    private static long left(long bound, long since, long now) {
        return bound > 0 ? bound - (now - since) : Long.MAX_VALUE;
    }

    /** Something came or went. */
    public void moved() {
        lastMove = loop.now();
    }

    public long lastMove() {
        return lastMove;
    }

    /** Whether a bound has passed so many nanoseconds ago, or none runs at all. */
    public boolean isOverdue(long now, long slack) {
        long started = context.facts().started;
        long left = Math.min(left(bound(), asked, now), left(idle, lastMove, now));
        left = Math.min(left, Math.min(left(call, started, now), left(total, started, now)));
        return !running || left <= -slack;
    }

    /** How far the exchange is. */
    @Override
    public String toString() {
        return (running ? "timeouts run" : "timeouts ended")
                + (whole ? ", request whole" : ", request open")
                + (responded ? ", response begun" : ", no response");
    }

    /** The exchange is over. */
    public void end() {
        running = false;
        loop.wheel().clear(this);
    }

    @Override
    protected void expired() {
        long now = loop.now();
        long started = context.facts().started;
        if (left(bound(), asked, now) <= 0 && !comesOn(now)) {
            exchange.responseTimedOut();
        } else if (left(call, started, now) <= 0 || left(total, started, now) <= 0) {
            exchange.fail(Failure.REQUEST_TIMEOUT);
        } else if (left(idle, lastMove, now) <= 0) {
            exchange.fail(Failure.IDLE_TIMEOUT);
        } else if (left(age(), started, now) <= 0) {
            exchange.fail(Failure.STREAM_AGE);
        } else {
            arm(now);
        }
    }
}
