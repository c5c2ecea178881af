package io.laneway.cli.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a command runs: until SIGTERM or SIGINT, or until its time is over. A signal ends the process only after
 * the command has closed what it opened. Safe for many threads.
 */
public final class Lifetime {

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "signal");

    /** Begins to listen for signals. */
    public Lifetime() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void signalled() {
        over.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a signal, or until the time is over if one is given. */
    public void await(@Nullable Duration atMost) {
        try {
            if (atMost == null) {
                over.await();
            } else if (!over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                over.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it from within, as a signal would. */
    public void end() {
        over.countDown();
    }

    /** Says that everything is closed, so that the process may end. */
    public void closed() {
        closed.countDown();
    }
}
