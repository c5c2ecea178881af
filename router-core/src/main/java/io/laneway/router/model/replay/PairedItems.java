package io.laneway.router.model.replay;

/**
 * How the items of a list are paired. Immutable.
 *
 * @param key the member by which, with dots for one within another; {@value #NONE} for no member
 */
public record PairedItems(PlacePattern place, String key) {

    /** Equal items are paired, and the rest by their position. */
    public static final String NONE = "none";

    private static final int LONGEST = 200;

    public PairedItems {
        TextLengths.require("key", key, LONGEST);
    }
}
