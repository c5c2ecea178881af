package io.laneway.control.store.database;

/** The store could not do what it was asked: it is away, full, locked or broken. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unclear;

    /** Nothing was changed. */
    public StoreException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** Nothing was changed. */
    public StoreException(String message) {
        super(message);
        this.unclear = false;
    }

    public StoreException(String message, Throwable cause, boolean unclear) {
        super(message, cause);
        this.unclear = unclear;
    }

    /** Whether it may have been changed all the same, since the connection was lost amid the commit. */
    public boolean unclear() {
        return unclear;
    }
}
