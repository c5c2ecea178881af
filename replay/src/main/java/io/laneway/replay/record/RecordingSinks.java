package io.laneway.replay.record;

import io.laneway.replay.form.RecordingHeader;

/** Makes the sinks of recordings. Safe for many threads. */
@FunctionalInterface
public interface RecordingSinks {

    /**
     * The sink of a recording that begins. Does not block.
     *
     * @param max      bytes after which it ends
     * @param listener learns whether requests can be written
     */
    RecordingSink open(RecordingHeader header, long max, DiskListener listener);
}
