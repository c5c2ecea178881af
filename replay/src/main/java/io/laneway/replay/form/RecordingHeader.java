package io.laneway.replay.form;

import java.time.Instant;

/**
 * The first line of a file of recorded requests. Immutable.
 *
 * @param recording its name
 * @param gateway that wrote the file; empty if none did
 * @param created when the file was begun
 * @param redacted whether its records went through redaction
 */
public record RecordingHeader(String recording, String gateway, Instant created, boolean redacted) {

    /** The version of the form that this program writes and reads. */
    public static final int VERSION = 1;
}
