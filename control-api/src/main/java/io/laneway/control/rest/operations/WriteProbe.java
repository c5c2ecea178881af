package io.laneway.control.rest.operations;

import io.laneway.control.store.database.StoreException;
import java.util.Optional;
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
    private @Nullable StoreException failure;
    private boolean proven;
    private long at;

    WriteProbe(Runnable write, LongSupplier nanos) {
        this.write = write;
        this.nanos = nanos;
    }

    /** Why a write does not work, empty if it does. */
    synchronized Optional<StoreException> failure() {
        if (!proven || nanos.getAsLong() - at >= FRESH_NS) {
            prove();
        }
        return Optional.ofNullable(failure);
    }

    private void prove() {
        try {
            write.run();
            failure = null;
        } catch (StoreException e) {
            failure = e;
        }
        proven = true;
        at = nanos.getAsLong();
    }
}
