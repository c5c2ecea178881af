package io.laneway.control.store;

/** The store could not do what it was asked: it is away, full or broken. Nothing was changed. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}
