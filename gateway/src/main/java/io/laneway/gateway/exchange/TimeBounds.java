package io.laneway.gateway.exchange;

import io.laneway.gateway.head.Field;
import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.rules.RouteRules;
import io.laneway.gateway.stream.Failure;
import io.laneway.router.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * How long an exchange may last as a whole, and how long without anything moving. Confined to one event loop; one for
 * each exchange. Nanoseconds; 0 is no bound.
 */
final class TimeBounds extends Timed {

    private final Exchange exchange;
    private final Loop loop;
    private long request;
    private long idle;
    private long age;
    private long lastMove;

    TimeBounds(Exchange exchange) {
        this.exchange = exchange;
        this.loop = exchange.loop();
    }

    /** Begins for a request of a service with that policy, by a route that may have a time of its own. */
    void start(Policy policy, @Nullable RouteRules route, HeaderLines lines) {
        request = route == null || route.timeout() < 0
                ? policy.timeouts().request().toNanos()
                : route.timeout();
        if (lines.mayHave(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit())) {
            request = Attempts.requestTime(lines, request);
        }
        idle = policy.timeouts().idle().toNanos();
        age = policy.timeouts().maxStreamAge().toNanos();
        lastMove = exchange.facts.started;
        arm(lastMove);
    }

    /** It has become a tunnel or another protocol: no bound on the whole any more. */
    void switched() {
        request = 0;
        arm(loop.now());
    }

    private void arm(long now) {
        long lasted = now - exchange.facts.started;
        long left = idle > 0 ? idle - (now - lastMove) : Long.MAX_VALUE;
        if (request > 0) {
            left = Math.min(left, request - lasted);
        } else if (age > 0) {
            left = Math.min(left, age - lasted);
        }
        if (left < Long.MAX_VALUE) {
            loop.wheel().set(this, now, left);
        } else {
            loop.wheel().clear(this);
        }
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
        if (request > 0 && now - started >= request) {
            exchange.tooLate();
        } else if (idle > 0 && now - lastMove >= idle) {
            exchange.fail(Failure.IDLE_TIMEOUT);
        } else if (request == 0 && age > 0 && now - started >= age) {
            exchange.fail(Failure.STREAM_AGE);
        } else {
            arm(now);
        }
    }
}
