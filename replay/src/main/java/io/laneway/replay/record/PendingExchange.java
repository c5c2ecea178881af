package io.laneway.replay.record;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.redact.Redactor;

/**
 * A request that has ended and is to be recorded, or a part of a WebSocket; it holds what was retained of its bodies until
 * it is released.
 */
public interface PendingExchange {

    /** Its record, with its secrets. Called once at most, by the recorder's thread: bytes are copied here. */
    RecordedExchange record();

    /** Its record without its secrets. Called once at most, by the recorder's thread. */
    default RecordedExchange redacted(Redactor redactor) {
        return redactor.redact(record());
    }

    /** 0 if it is a further part of a request that was counted, else 1. */
    default int requests() {
        return 1;
    }

    /** How many frames it has. */
    default int frames() {
        return 0;
    }

    /** Bytes that were taken from the inlet for it. */
    long bytes();

    /** Gives back what it holds. Called once, by any thread. */
    void release();
}
