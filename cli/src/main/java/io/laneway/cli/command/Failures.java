package io.laneway.cli.command;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Failures outside of the program, reported in one line; what else is thrown is a bug and keeps its stack. Stateless.
 */
final class Failures {

    private Failures() {}

    static boolean expected(Throwable failure, CommandSets sets) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CallFailed
                    || cause instanceof CommandFailed
                    || cause instanceof IOException
                    || cause instanceof UncheckedIOException
                    || sets.expects(cause)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What failed and why, in one line; the response of the control API names each wrong field in a line of its own.
     */
    static String line(Throwable failure) {
        if (failure instanceof CallFailed || failure instanceof CommandFailed) {
            return String.valueOf(failure.getMessage());
        }
        List<String> parts = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : first(cause.getMessage());
            if (parts.stream().noneMatch(part -> part.contains(message))) {
                parts.add(message);
            }
        }
        return String.join(": ", parts);
    }

    private static String first(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
