package io.laneway.k8s.watch;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns signals into runs of an action that begin a window apart at least. A signal after a quiet window is run at once,
 * since nothing could be gathered with it; those that follow within the window are one run at its end. A steady stream of
 * changes cannot put that off. Safe for many threads; the action runs on the executor's thread.
 */
public final class Coalescer {

    private static final Logger log = LoggerFactory.getLogger(Coalescer.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ScheduledExecutorService executor;
    private final Duration window;
    private final Runnable action;
    private final LongSupplier nanoTime;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private volatile long began;

    /** @param window from the begin of one run to the next, at least */
    public Coalescer(ScheduledExecutorService executor, Duration window, Runnable action) {
        this(executor, window, action, System::nanoTime);
    }

    /** @param nanoTime a clock as {@link System#nanoTime()} */
    Coalescer(ScheduledExecutorService executor, Duration window, Runnable action, LongSupplier nanoTime) {
        this.executor = executor;
        this.window = window;
        this.action = action;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong() - window.toNanos();
    }

    /** Asks for a run, at once or at the window's end; says nothing if one is already asked for. */
    public void signal() {
        if (waiting.compareAndSet(false, true)) {
            long left = window.toNanos() - (nanoTime.getAsLong() - began);
            later(Duration.ofNanos(Math.max(left, 0)), this::run);
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
        began = nanoTime.getAsLong();
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
