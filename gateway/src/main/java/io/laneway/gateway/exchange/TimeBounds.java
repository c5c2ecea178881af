package io.laneway.gateway.exchange;

import io.laneway.gateway.grpc.GrpcCall;
import io.laneway.gateway.head.Field;
import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.rules.RouteRules;
import io.laneway.gateway.stream.Failure;
import io.laneway.router.policy.Policy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long an exchange may last, and how long without anything moving. Confined to one event loop; one for each exchange.
 * Nanoseconds; 0 is no bound.
 *
 * <p>The policy's bound counts from the request's end to the end of the answer; of an answer that goes on as long as there is
 * something to tell, to the end of its head. A body that is on its way may take longer as long as it comes on: {@value
 * #PROGRESS} bytes a second over each such time. A call of gRPC may have nothing to send for long. The call's own deadline
 * counts from its beginning to the very end.
 */
final class TimeBounds extends Timed {

    /** Callers end their calls at the deadline themselves, and say so in their own words: they are let. */
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Fewer bytes a second of a body than these only hold on to the connection. */
    private static final long PROGRESS = 240;

    private final Exchange exchange;
    private final Loop loop;
    private long request;
    private long call;
    private long idle;
    private long age;
    private long asked;
    private long seen;
    private boolean calls;
    private boolean whole;
    private long lastMove;

    TimeBounds(Exchange exchange) {
        this.exchange = exchange;
        this.loop = exchange.loop();
    }

    /**
     * Begins for a request of a service with that policy, by a route that may have a time of its own.
     *
     * @param end whether the request is its head alone
     */
    void start(Policy policy, @Nullable RouteRules route, boolean end) {
        HeaderLines lines = exchange.request().lines();
        request = route == null || route.timeout() < 0
                ? policy.timeouts().request().toNanos()
                : route.timeout();
        if (lines.mayHave(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit())) {
            request = Attempts.requestTime(lines, request);
        }
        idle = policy.timeouts().idle().toNanos();
        age = policy.timeouts().maxStreamAge().toNanos();
        long within = exchange.grpc.active() ? GrpcCall.within(lines) : 0;
        call = within == 0 ? 0 : Math.min(within, Long.MAX_VALUE / 2) + GRACE;
        lastMove = exchange.facts.started;
        asked = lastMove;
        seen = 0;
        calls = exchange.grpc.active();
        whole = end;
        arm(lastMove);
    }

    /** The request is whole. */
    void asked() {
        if (!whole) {
            whole = true;
            asked = loop.now();
            arm(asked);
        }
    }

    /** The answer's head is there, and the answer is one that goes on as long as there is something to tell. */
    void streams() {
        request = 0;
        arm(loop.now());
    }

    /** It has become a tunnel or another protocol: no bound on the whole any more. */
    void switched() {
        call = 0;
        streams();
    }

    private void arm(long now) {
        long left = Math.min(left(idle, lastMove, now), left(call, exchange.facts.started, now));
        left = Math.min(left, Math.min(left(bound(), asked, now), left(age(), exchange.facts.started, now)));
        if (left < Long.MAX_VALUE) {
            loop.wheel().set(this, now, left);
        } else {
            loop.wheel().clear(this);
        }
    }

    private long bound() {
        return whole || !calls ? request : 0;
    }

    /** Whether the body came on since it was last looked at; then it has as long again. */
    private boolean cameOn(long now) {
        long came = exchange.facts.received - seen;
        if (whole || came < request / (SECOND / PROGRESS)) {
            return false;
        }
        seen += came;
        asked = now;
        return true;
    }

    /** Bounds what the request's time does not. */
    private long age() {
        return request == 0 ? age : 0;
    }

    private static long left(long bound, long since, long now) {
        return bound > 0 ? bound - (now - since) : Long.MAX_VALUE;
    }

    /** Something came or went. */
    void moved() {
        lastMove = loop.now();
    }

    long lastMove() {
        return lastMove;
    }

    /** The exchange is over. */
    void end() {
        loop.wheel().clear(this);
    }

    @Override
    protected void expired() {
        long now = loop.now();
        long started = exchange.facts.started;
        if (left(bound(), asked, now) <= 0 && !cameOn(now)) {
            exchange.tooLate();
        } else if (left(call, started, now) <= 0) {
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
