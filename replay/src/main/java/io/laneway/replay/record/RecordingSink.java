package io.laneway.replay.record;

import io.laneway.replay.form.RecordedExchange;

/**
 * Where a recorder's requests go, without their secrets. It says in its counts what became of each: kept, or dropped and
 * why; nothing is thrown for want of a place. Confined to the recorder's thread, but for its counts.
 */
public interface RecordingSink {

    RecordingCounts counts();

    /** The first call; may ask what is there since before a restart. */
    void begin();

    /** Whether it has as many bytes as it may have. */
    boolean ended();

    /** Takes a request. */
    void write(RecordedExchange exchange);

    /** Called each second: what was taken is not to wait any longer for what comes. */
    void flush();

    /** The last call: what was taken is kept or dropped when it returns, within a bounded time. */
    void close();
}
