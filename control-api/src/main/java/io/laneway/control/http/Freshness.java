package io.laneway.control.http;

/**
 * Makes sure that a call reads all that was committed before it came, by whichever replica. Safe for many
 * threads; blocks.
 */
public interface Freshness {

    /** Returns once this replica has caught up; throws if the store cannot be asked. */
    void await();
}
