package io.laneway.k8s.watch;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a burst of signals into one run, a fixed time after the burst's first signal, so that a steady stream of
 * changes cannot put it off. Safe for many threads; the action runs on the executor's thread.
 */
public final class Coalescer {

    private static final Logger log = LoggerFactory.getLogger(Coalescer.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ScheduledExecutorService executor;
    private final Duration window;
    private final Runnable action;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicBoolean retrying = new AtomicBoolean();

    /** @param window from a burst's first signal to the run */
    public Coalescer(ScheduledExecutorService executor, Duration window, Runnable action) {
        this.executor = executor;
        this.window = window;
        this.action = action;
    }

    /** Asks for a run within the window; says nothing if one is already asked for. */
    public void signal() {
        if (waiting.compareAndSet(false, true)) {
            later(window, this::run);
        }
    }

    /** Asks for a run after a pause, besides those that signals ask for; one at a time, however often it is asked for. */
    public void again(Duration pause) {
        if (retrying.compareAndSet(false, true)) {
            later(pause, () -> {
                retrying.set(false);
                signal();
            });
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void later(Duration delay, Runnable task) {
        try {
            executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("change after close");
        }
    }

    private void run() {
        // Before the action: a change that comes while it runs is not in it and needs another run.
        waiting.set(false);
        try {
            action.run();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("changes were not taken, will try again");
            again(RETRY);
        }
    }
}
