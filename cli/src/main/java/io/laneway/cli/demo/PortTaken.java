package io.laneway.cli.demo;

/** A port of the demo that another program has. Immutable. */
public final class PortTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    PortTaken(String port) {
        super("port " + port + " is taken by another program (expected: a free one; --port N uses N and those above it,"
                + " --port 0 any free ones)");
    }
}
