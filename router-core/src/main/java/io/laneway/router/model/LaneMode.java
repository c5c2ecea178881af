package io.laneway.router.model;

import java.util.Locale;

/** What happens where a requested lane cannot serve a service itself. */
public enum LaneMode {
    /** Fall back along the parents to the base lane. */
    PERMISSIVE,
    /** Answer 503 with reason {@code strict_unavailable}. */
    STRICT;

    /** The word in the document: {@code permissive} or {@code strict}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
