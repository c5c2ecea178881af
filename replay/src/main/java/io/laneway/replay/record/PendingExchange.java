package io.laneway.replay.record;

import io.laneway.replay.form.RecordedExchange;

/** A request that has ended and is to be recorded; it holds what was retained of its bodies until it is released. */
public interface PendingExchange {

    /** Its record, with its secrets. Called once at most, by the recorder's thread: bytes are copied here. */
    RecordedExchange record();

    /** Bytes that were taken from the inlet for it. */
    long bytes();

    /** Gives back what it holds. Called once, by any thread. */
    void release();
}
