package io.laneway.kafka.lane;

import java.util.Locale;

/** Who takes a lane's records of a topic. */
public enum Mode {
    /** The lane's own consumer while its group is alive, else the base. */
    AUTO,
    /** The base takes every record, a lane's group none. */
    BASE;

    /**
     * Reads a mode.
     *
     * @throws IllegalArgumentException naming the key, if it is neither
     */
    static Mode parse(String key, String text) {
        for (Mode mode : values()) {
            if (mode.name().equals(text.trim().toUpperCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw new IllegalArgumentException(key + ": '" + text + "' (expected: AUTO or BASE)");
    }
}
