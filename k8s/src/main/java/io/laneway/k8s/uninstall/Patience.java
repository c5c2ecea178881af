package io.laneway.k8s.uninstall;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what others do. Blocks. */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Patience() {}

    /** Whether it came to be within the time. */
    static boolean until(Duration patience, BooleanSupplier there) {
        long end = System.nanoTime() + patience.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }
}
