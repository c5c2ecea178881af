package io.laneway.replay.result;

import java.time.Instant;

/**
 * The first line of a file of results. Immutable.
 *
 * @param replay the id that requests carried as {@code x-laneway-replay}
 * @param source the recording that was replayed
 * @param to scheme, host and port that requests went to
 * @param lane of the side {@code lane}
 * @param against of the sides {@code base1} and {@code base2}; empty if there are none
 */
public record ReplayHeader(String replay, String source, String to, String lane, String against, Instant created) {

    /** The version of the form that this program writes and reads. */
    public static final int VERSION = 1;
}
