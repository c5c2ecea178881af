package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.record.RecordingSinks;

/**
 * Where the recordings of a gateway go, and are read again. Immutable.
 *
 * @param sinks writes them
 * @param kept  reads them
 */
record RecordingStorage(RecordingSinks sinks, Kept kept) {

    /** Finds what a gateway recorded. */
    @FunctionalInterface
    interface Kept {

        /** The requests of a recording, by the names that files have. */
        RecordedSource of(String recording, String gateway);
    }
}
