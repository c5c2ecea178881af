package io.laneway.cli.remote;

/** A name on the command line that is empty, as a variable of a script that is not set leaves it. */
public final class EmptyName extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmptyName(String place) {
        super("an empty name in " + place + " (expected: the name of an object)");
    }
}
