package io.laneway.replay.record;

import java.util.Locale;

/** Why a request that a recording matched is not in it. */
public enum DropReason {
    /** As many bytes as may be held for recordings were held, most of them of requests that had not ended. */
    MEMORY,
    /** As many bytes as may be held were held, most of them of requests that waited to be written. */
    BEHIND,
    /** The file could not be written, or the directory has as many bytes as it may have. */
    DISK,
    /** The sink cannot be reached, or has no answer. */
    AWAY,
    /** The sink answers that this gateway may not write, or that there is no such bucket or topic. */
    REFUSED,
    /** The sink has no room. */
    FULL,
    /** The sink takes less than what is recorded. */
    SLOW,
    /** The recording ended by its size before the request was written. */
    ENDED,
    /** The request could not be redacted; it is not written without. */
    FAILED,
    /** It became a tunnel or a WebSocket, which are not recorded. */
    UPGRADE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As counters say it. */
    public String word() {
        return word;
    }
}
