package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import java.util.concurrent.TimeUnit;

/**
 * What HTTP/1.1 connections are bound by. Immutable. Times in nanoseconds.
 *
 * @param headBytes of one head at most
 * @param uriBytes  of one request target at most
 * @param headers   lines of one head at most
 * @param headTime  from the first byte of a head to its end
 * @param bodyTime  between two reads of a body, 0 for no bound
 * @param idleTime  between two requests
 * @param drainTime the same once the gateway drains
 */
public record Http1Settings(
        int headBytes, int uriBytes, int headers, long headTime, long bodyTime, long idleTime, long drainTime) {

    /** Array size that a connection keeps between two heads. */
    static final int KEEP_BYTES = 8192;

    /** Between two reads of a body that is only dropped: its response is written. */
    private static final long SKIP_TIME = TimeUnit.SECONDS.toNanos(30);

    /** Between two reads of a body, whose request may be answered already. */
    long bodyTime(boolean responded) {
        return responded ? skipTime() : bodyTime;
    }

    /** Between two reads of a body that is read over. */
    long skipTime() {
        return bodyTime > 0 ? bodyTime : SKIP_TIME;
    }

    /** What the configuration says. */
    public static Http1Settings of(LimitsConfig limits, TimeoutsConfig timeouts, DrainConfig drain) {
        return new Http1Settings(
                limits.headBytes(),
                limits.uriBytes(),
                limits.headers(),
                timeouts.head().toNanos(),
                timeouts.body().toNanos(),
                timeouts.idle().toNanos(),
                drain.idle().toNanos());
    }
}
