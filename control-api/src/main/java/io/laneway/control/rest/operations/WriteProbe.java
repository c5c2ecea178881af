package io.laneway.control.rest.operations;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the store can be written, once a second at most: anyone may ask, and a proof costs a commit. Those who ask
 * meanwhile wait for the one proof. Safe for many threads; blocks.
 */
final class WriteProbe {

    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(1);

    private final Runnable write;
    private final LongSupplier nanos;
    private @Nullable RuntimeException failure;
    private boolean proven;
    private long at;

    WriteProbe(Runnable write, LongSupplier nanos) {
        this.write = write;
        this.nanos = nanos;
    }

    /** Returns if a write works, and throws what the write threw if not. */
    synchronized void proven() {
        if (!proven || nanos.getAsLong() - at >= FRESH_NS) {
            prove();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void prove() {
        try {
            write.run();
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
        }
        proven = true;
        at = nanos.getAsLong();
    }
}
