package io.laneway.replay.result;

import java.util.Locale;

/** Where a request of a replay was sent, in the order of sending: base before and after the lane. */
public enum Side {
    BASE1,
    LANE,
    BASE2;

    /** Its name in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
