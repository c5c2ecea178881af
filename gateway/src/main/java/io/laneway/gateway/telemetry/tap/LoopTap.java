package io.laneway.gateway.telemetry.tap;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import org.jspecify.annotations.Nullable;

/**
 * The tap of one event loop. What is not to be read costs one load and one branch. Confined to its loop, but for what
 * any thread may call.
 */
public final class LoopTap {

    private volatile @Nullable RecordWriter writer;

    LoopTap(@Nullable RecordWriter writer) {
        this.writer = writer;
    }

    /** Writes the exchange down, if it is to be remembered or a reader listens. */
    public void finished(ExchangeRecord exchange) {
        RecordWriter to = writer;
        if (to != null) {
            to.append(exchange);
        }
    }

    /** Has it write there from now on, null for nowhere. Any thread. */
    void write(@Nullable RecordWriter to) {
        writer = to;
    }
}
