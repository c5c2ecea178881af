package io.laneway.gateway.server.adminhttp;

/** What a client sent cannot be read; the message says what was expected. */
final class UnreadableCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableCall(Throwable cause) {
        super("the call cannot be read (expected: a path and a query with percent-encoded UTF-8)", cause);
    }
}
