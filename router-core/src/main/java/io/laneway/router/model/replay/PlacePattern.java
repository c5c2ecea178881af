package io.laneway.router.model.replay;

/**
 * Names places in the responses of endpoints; {@code *} is any text, {@code [*]} the items of a list. Immutable.
 *
 * @param endpoint such as {@code orders GET /orders/{id}}
 * @param path     such as {@code body.items[*].price}, with all places below it
 */
public record PlacePattern(String endpoint, String path) {

    /** Every endpoint. */
    public static final String ANY = "*";

    private static final int LONGEST = 1_000;

    public PlacePattern {
        TextLengths.require("endpoint", endpoint, LONGEST);
        TextLengths.require("path", path, LONGEST);
    }
}
