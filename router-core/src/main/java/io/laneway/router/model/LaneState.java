package io.laneway.router.model;

import java.util.Locale;

/** Where a lane stands in its life, as the control API published it. */
public enum LaneState {
    /** Served. */
    ACTIVE,
    /** Served, and its owner was warned that it will expire. */
    EXPIRING,
    /** Not served any more: requests for it go to the base lane with reason {@code lane_expired}. */
    EXPIRED;

    /** The word in the document: {@code active}, {@code expiring} or {@code expired}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
