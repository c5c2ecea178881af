package io.laneway.cli.command;

/** A command that could not do what was asked; the message is for a person. */
final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message);
    }
}
