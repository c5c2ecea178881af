package io.laneway.router.decision;

import io.laneway.router.text.Slice;

/** Whether the requested lane was assigned by a shift, and how; written as {@code x-laneway-assigned}. */
public enum Assigned {
    /** Not by a shift. */
    NO(""),
    /** By the slot of the tenant, or of the request that has none. */
    SHIFT("shift"),
    /** By a pin of the tenant. */
    PINNED("pinned");

    private final String word;

    /** Reads a header value; whatever is no word of these is {@link #NO}. */
    static Assigned of(Slice value) {
        if (SHIFT.word.contentEquals(value)) {
            return SHIFT;
        }
        return PINNED.word.contentEquals(value) ? PINNED : NO;
    }

    Assigned(String word) {
        this.word = word;
    }

    /** The header's value; empty for {@link #NO}. */
    public String word() {
        return word;
    }
}
