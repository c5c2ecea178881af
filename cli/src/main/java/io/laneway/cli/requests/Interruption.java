package io.laneway.cli.requests;

import java.io.PrintWriter;

/**
 * While this is open, an interrupted process ends well: with exit code 0, and with everything written. Safe for many
 * threads.
 */
final class Interruption {

    private final Thread hook;

    Interruption(PrintWriter out) {
        this.hook = new Thread(
                () -> {
                    out.flush();
                    Runtime.getRuntime().halt(0);
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work already
        }
    }
}
