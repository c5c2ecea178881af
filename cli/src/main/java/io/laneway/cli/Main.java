package io.laneway.cli;

import io.laneway.cli.command.Laneway;

/** Entry of the {@code laneway} command. */
public final class Main {

    private Main() {}

    /** Runs the command and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        int code = Laneway.commandLine().execute(args);
        System.exit(code);
    }
}
