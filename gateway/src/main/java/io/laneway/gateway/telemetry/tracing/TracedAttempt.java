package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.upstream.pool.EndpointPool;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One attempt of an exchange that is followed. Confined to one event loop; used again for attempt after attempt. */
final class TracedAttempt {

    private String endpoint = "";
    private String lane = "";
    private boolean secure;
    private boolean multiplexed;
    private @Nullable SocketAddress peer;
    private long span;
    private long started;
    private long ended;
    private int status;
    private ResponseFlag flag = ResponseFlag.NONE;

    void begin(EndpointPool at, long id, long now) {
        endpoint = at.endpoint().address();
        lane = at.stats().lane();
        secure = at.settings().secure();
        multiplexed = false;
        peer = null;
        span = id;
        started = now;
        ended = 0;
        status = 0;
        flag = ResponseFlag.NONE;
    }

    /** The id of its span. */
    long span() {
        return span;
    }

    void connected(@Nullable SocketAddress to, boolean http2) {
        peer = to;
        multiplexed = http2;
    }

    void end(int code, ResponseFlag why, long now) {
        status = code;
        flag = why;
        ended = now;
    }

    /** Nothing of it changes any more. */
    FinishedAttempt finished(int number) {
        return new FinishedAttempt(
                span, number, endpoint, lane, secure, multiplexed, peer, started, ended, status, flag);
    }
}
