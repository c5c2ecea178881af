package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether the peer of a connection is gone: after a while without a frame it is pinged, and if that brings
 * none the connection is closed (RFC 9113 section 6.7). Bytes that make no whole frame are no sign of life. Confined to
 * one event loop.
 */
final class KeepAlive extends TimerEntry {

    private static final long QUIET = TimeUnit.SECONDS.toNanos(30);
    private static final long ANSWER = TimeUnit.SECONDS.toNanos(10);
    private static final long PAYLOAD = 0x6c616e65776179L;

    private Loop loop;
    private final FrameHandler connection;
    private final Runnable quiet;
    private long heard;
    private boolean pinged;

    /** @param quiet runs now and then while nothing is heard for longer */
    KeepAlive(Loop loop, FrameHandler connection, Runnable quiet) {
        this.loop = loop;
        this.connection = connection;
        this.quiet = quiet;
    }

    void start() {
        heard();
        loop.deadline(this, QUIET);
    }

    /** It stops here; {@link #start} is to follow on the other loop. */
    void moveTo(Loop to) {
        stop();
        loop = to;
    }

    void heard() {
        heard = loop.now();
        pinged = false;
    }

    void stop() {
        loop.wheel().forget(this);
    }

    @Override
    protected void expired() {
        long silence = loop.now() - heard;
        if (pinged && silence >= QUIET + ANSWER) {
            var unused = connection.context().close();
            return;
        }
        if (silence >= QUIET && !pinged) {
            pinged = true;
            connection.writePing(PAYLOAD);
            loop.deadline(this, ANSWER);
        } else {
            loop.deadline(this, pinged ? ANSWER : QUIET - Math.min(silence, QUIET - 1));
        }
        quiet.run();
    }
}
