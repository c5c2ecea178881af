package io.laneway.replay.diff.report;

import java.util.Locale;

/** How sure a finding is. */
public enum Level {
    /** The lane differs more often than base from itself, beyond chance. */
    DIFFERS,
    /** Base never differed there; too few requests to say that the lane does beyond chance. */
    UNSURE;

    /** As reports have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
