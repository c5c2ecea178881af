package io.laneway.k8s.inject;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Bounds the bytes of all bodies that are held at a time. They are taken as they arrive, so that a length that is only
 * announced holds nothing. Safe for many threads.
 */
final class BodyBudget {

    /** Longest body: an object of the API server's longest, as it was and as it is. */
    static final int MAX_BODY = 4 * 1024 * 1024;

    private static final int ALL = 4 * MAX_BODY;

    private final Semaphore bytes = new Semaphore(ALL);

    void take(int count) throws IOException {
        if (!bytes.tryAcquire(count)) {
            throw new IOException("bodies: more than " + ALL + " bytes at a time");
        }
    }

    void give(int count) {
        bytes.release(count);
    }
}
