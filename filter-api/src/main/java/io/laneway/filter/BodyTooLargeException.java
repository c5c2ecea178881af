package io.laneway.filter;

/** A body is larger than what the filter wants of it. Its client gets 413 unless the filter says otherwise. */
public final class BodyTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param max bytes that were wanted at most */
    public BodyTooLargeException(long max) {
        super("the body is larger than " + max + " bytes", null, false, false);
    }
}
