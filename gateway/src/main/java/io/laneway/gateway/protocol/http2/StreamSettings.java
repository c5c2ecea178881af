package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import java.util.concurrent.TimeUnit;

/**
 * What HTTP/2 connections are bound by. Immutable. Times in nanoseconds.
 *
 * @param headBytes      of one field list at most, as HPACK counts it
 * @param uriBytes       of one request target at most
 * @param headers        fields of one list at most
 * @param streams        open at a time on one client's connection
 * @param clientWindow   bytes that a client may send ahead on one stream
 * @param endpointWindow bytes that an endpoint may send ahead on one stream
 * @param headTime       from connecting to the first request
 * @param bodyTime       between two pieces of a request's body, until it is answered; 0 for no bound
 * @param idleTime       without any stream
 * @param drainTime      the same on a connection that had none yet, once the gateway drains
 */
public record StreamSettings(
        int headBytes,
        int uriBytes,
        int headers,
        int streams,
        int clientWindow,
        int endpointWindow,
        long headTime,
        long bodyTime,
        long idleTime,
        long drainTime) {

    /**
     * Bytes that may be on their way on all streams of a connection together, before any is taken. Far more than the streams
     * may have: senders built on Netty stop for all of them when what waits for the windows of some is as much as this.
     */
    static final int CONNECTION_WINDOW = 16 << 20;

    /** Array size that a head keeps between two requests. */
    static final int KEEP_BYTES = 8192;

    /** Bytes a second of an incomplete frame that show that the peer is there. */
    static final int FRAME_RATE = 240;

    private static final long FRAME_TIME = TimeUnit.SECONDS.toNanos(30);
    private static final int STREAMS = 100;
    private static final int CALLER_WINDOW = 65_535;
    private static final int ENDPOINT_WINDOW = 128 * 1024;

    /** How long a frame may take that has begun to come, unless it makes {@link #FRAME_RATE}. */
    long frameTime() {
        return bodyTime > 0 ? Math.min(bodyTime, FRAME_TIME) : FRAME_TIME;
    }

    /** What the configuration says. */
    public static StreamSettings of(LimitsConfig limits, TimeoutsConfig timeouts, DrainConfig drain) {
        return new StreamSettings(
                limits.headBytes(),
                limits.uriBytes(),
                limits.headers(),
                STREAMS,
                CALLER_WINDOW,
                ENDPOINT_WINDOW,
                timeouts.head().toNanos(),
                timeouts.body().toNanos(),
                timeouts.idle().toNanos(),
                drain.idle().toNanos());
    }
}
