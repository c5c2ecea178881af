package io.laneway.control.store;

/** A row was changed since it was read; nothing was written. */
public final class StaleRow extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    StaleRow(String message) {
        super(message);
    }
}
