package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.LoopCounter;

/** The access log of one event loop: makes lines and puts them into the loop's ring. Confined to its loop. */
public final class LoopLog {

    private final Ring ring;
    private final LineFormat format;
    private final LineBuffer line;
    private final Runnable wake;
    private final int wakeAt;
    private final LoopCounter dropped = new LoopCounter();
    private boolean woken;

    LoopLog(Ring ring, LineFormat format, Runnable wake) {
        this.ring = ring;
        this.format = format;
        this.line = new LineBuffer(format.escape(), format.keepsUtf8());
        this.wake = wake;
        this.wakeAt = ring.size() / 2;
    }

    /** Writes the exchange down, or counts it as dropped if the ring is full. */
    public void finished(ExchangeRecord exchange) {
        line.clear();
        format.append(exchange, line);
        int waiting = ring.put(line.array(), line.length());
        if (waiting < 0) {
            dropped.increment();
        }
        // Waking costs a system call, so once for each time that half of the ring fills up.
        if (waiting >= 0 && waiting < wakeAt) {
            woken = false;
        } else if (!woken) {
            woken = true;
            wake.run();
        }
    }

    Ring ring() {
        return ring;
    }

    /** Lines dropped because the ring was full. Any thread. */
    long dropped() {
        return dropped.get();
    }
}
