package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.TimeUnit;

/**
 * Counts what costs a client nothing and us work, and ends the connection where it comes in floods (RFC 9113 section
 * 10.5): streams opened and reset, by either side, and frames that carry nothing. Allowances grow with time and with
 * requests that run their course. Confined to one event loop; one for each connection.
 */
final class FloodDetector {

    private static final int RESETS = 200;
    private static final int RESETS_PER_SECOND = 20;
    private static final int CONTROLS = 1000;
    private static final int SETTINGS = 50;
    private static final int UPDATES = 4;
    private static final int FRAME = 4096;
    private static final int MOST_CREDIT = 1 << 20;
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ListenerStats stats;
    private int resets;
    private long resetsSince;
    private int controls;
    private int settings;
    private int windows;
    private boolean flooded;
    private long since;

    FloodDetector(ListenerStats stats, long now) {
        this.stats = stats;
        this.since = now;
        this.resetsSince = now;
    }

    /** A stream ran its course. */
    void completed() {
        if (resets > 0) {
            resets--;
        }
    }

    /** Something useful passed, so that pings and the like are no flood. */
    void useful() {
        controls = 0;
    }

    /** A stream was reset before its response ended. */
    void reset(long now) throws Http2Exception {
        long seconds = (now - resetsSince) / SECOND;
        if (seconds > 0) {
            resets = (int) Math.max(0, resets - seconds * RESETS_PER_SECOND);
            resetsSince += seconds * SECOND;
        }
        if (++resets > RESETS) {
            throw flood(Offence.RAPID_RESET, "too many streams reset");
        }
    }

    void settings(long now) throws Http2Exception {
        renew(now);
        if (++settings > SETTINGS) {
            throw flood(Offence.SETTINGS_FLOOD, "too many SETTINGS frames");
        }
    }

    /**
     * A frame that says or changes nothing.
     *
     * @param kind what many of its kind are
     */
    void control(Offence kind, long now) throws Http2Exception {
        renew(now);
        if (++controls > CONTROLS) {
            throw flood(kind, "too many frames without use");
        }
    }

    /** Window was given; clients do that as they take data. */
    void window(long now) throws Http2Exception {
        renew(now);
        if (++windows > CONTROLS) {
            throw flood(Offence.WINDOW_UPDATE_FLOOD, "too many WINDOW_UPDATE frames");
        }
    }

    /** Data went out, for which window is given back: twice a frame by eager clients, of stream and connection. */
    void sent(int bytes) {
        windows = Math.max(-MOST_CREDIT, windows - UPDATES - bytes / FRAME);
    }

    private void renew(long now) {
        if (now - since >= WINDOW) {
            since = now;
            settings = 0;
            controls = 0;
            windows = Math.min(0, windows);
        }
    }

    /** Whether it has ended the connection. */
    boolean flooded() {
        return flooded;
    }

    private Http2Exception flood(Offence offence, String detail) {
        if (!flooded) {
            flooded = true;
            stats.offence(offence);
        }
        return Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, detail);
    }
}
