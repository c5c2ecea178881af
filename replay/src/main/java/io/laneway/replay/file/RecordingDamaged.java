package io.laneway.replay.file;

import java.io.IOException;

/** That a file of recorded requests is not as it was written: the message says which line, and what was expected. */
public final class RecordingDamaged extends IOException {

    private static final long serialVersionUID = 1L;

    RecordingDamaged(String file, long line, String what, String expected) {
        super(file + ":" + line + ": " + what + " (expected: " + expected + ")");
    }
}
