package io.laneway.cli.remote;

/** A command that could not do what was asked; the message is for a person. */
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }
}
