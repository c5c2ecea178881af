package io.laneway.replay.diff.place;

import java.util.Locale;

/** What of a value is compared; the more important first. */
public enum Facet {
    /** The status of a response. */
    STATUS(true),
    /** Whether it is there, and of which type. */
    TYPE(true),
    /** How many there are. */
    SIZE(false),
    /** A text or a truth value, equal or not. */
    VALUE(false),
    /** A number by its distance. */
    NUMBER(false),
    /** A time by its distance. */
    TIME(false),
    /** How it is written: the form of a time, an identifier, white space around it. */
    FORMAT(true),
    /** The order of a list. */
    ORDER(false);

    private final boolean shape;

    Facet(boolean shape) {
        this.shape = shape;
    }

    /** Whether a client that reads the response by its schema sees it. */
    public boolean isShape() {
        return shape;
    }

    /** As reports have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
