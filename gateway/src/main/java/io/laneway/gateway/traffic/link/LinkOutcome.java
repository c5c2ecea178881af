package io.laneway.gateway.traffic.link;

import java.util.Locale;

/** What became of the key of a link in a request. */
public enum LinkOutcome {
    /** Verified before, and found again. */
    REMEMBERED,
    /** Verified for this request. */
    VERIFIED,
    /** Not of the form of a link. */
    MALFORMED,
    /** Its time is over. */
    EXPIRED,
    /** Its lane is not in the table any more, or has expired. */
    NO_LANE,
    /** Its lane has another key now, or none. */
    REVOKED,
    /** The key of its lane did not sign it. */
    FORGED,
    /** Too many wait to be verified. */
    BUSY,
    /** A carrier named a lane, and no link granted it. */
    UNSIGNED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As metrics name it. */
    public String word() {
        return word;
    }
}
