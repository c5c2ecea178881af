package io.laneway.kafka.watch;

import io.laneway.router.background.DaemonThreadFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something again and again on a thread of its own and keeps what it saw last. A look that fails is said
 * once and leaves what was seen before. Safe for many threads.
 */
public final class Watch<T> implements AutoCloseable {

    /**
     * What a look saw.
     *
     * @param sequence     grows with each look
     * @param startedNanos when the look was begun, of {@link System#nanoTime()}
     */
    public record Seen<T>(long sequence, long startedNanos, T value) {}

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String name;
    private final Duration interval;
    private final Callable<T> look;
    private final Semaphore hurry = new Semaphore(0);
    private final Thread thread;

    private volatile boolean closed;
    private volatile @Nullable Seen<T> latest;
    private volatile @Nullable AuthorizationException forbidden;

    /** Makes a watch; {@link #start} begins. */
    public Watch(String name, Duration interval, Callable<T> look) {
        this.name = name;
        this.interval = interval;
        this.look = look;
        thread = new DaemonThreadFactory("laneway-watch-" + name).newThread(this::run);
    }

    /** Begins to look, unless it has begun. */
    public synchronized void start() {
        if (!closed && thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /**
     * What was seen last, null before the first look has succeeded.
     *
     * @throws AuthorizationException naming the right that is missing to look
     */
    public @Nullable Seen<T> latest() {
        AuthorizationException missing = forbidden;
        if (missing != null) {
            throw missing;
        }
        return latest;
    }

    /** Begins the next look at once. */
    public void hurry() {
        hurry.release();
    }

    private void run() {
        long sequence = 0;
        boolean failing = false;
        while (!closed) {
            try {
                long started = System.nanoTime();
                latest = new Seen<>(++sequence, started, look.call());
                if (failing) {
                    LOG.atInfo().addKeyValue("watch", name).log("consumer groups can be seen again");
                }
                failing = false;
                forbidden = null;
                pause(interval);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                failing = failed(e, failing);
            }
        }
    }

    private boolean failed(Exception e, boolean before) {
        if (closed) {
            return true;
        }
        if (e instanceof AuthorizationException missing) {
            forbidden = missing;
        }
        if (!before) {
            LOG.atWarn()
                    .addKeyValue("watch", name)
                    .addKeyValue("problem", e.toString())
                    .log("consumer groups cannot be seen; who handles which lane's records stays as it is");
        }
        try {
            pause(interval);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        return true;
    }

    private void pause(Duration time) throws InterruptedException {
        if (hurry.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            hurry.drainPermits();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
