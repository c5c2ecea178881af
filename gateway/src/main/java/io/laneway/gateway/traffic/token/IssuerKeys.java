package io.laneway.gateway.traffic.token;

import io.laneway.router.background.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer, as read last. They are read on a timer, and when a token names one that is not known, at most once
 * in ten seconds, so that strangers' tokens do not become requests to the issuer. What cannot be read leaves them as they
 * are; what can be read replaces them, so that a key that is withdrawn is gone. One reading is on its way at a time. Safe
 * for many threads; nothing blocks.
 */
final class IssuerKeys {

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration APART = Duration.ofSeconds(10);

    /** As long as there are none. */
    private static final Backoff FIRST = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final String issuer;
    private final KeyDocument document;
    private final Duration refresh;
    private final LongSupplier nanos;
    private final ScheduledExecutorService timer;
    private final AtomicLong fetched = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable TokenKeys keys;
    private volatile @Nullable Parsed last;
    private volatile Runnable onChange = () -> {};
    private @Nullable CompletableFuture<@Nullable TokenKeys> reading;
    private String said = "";
    private long asked;
    private boolean askedOnce;
    private int failures;

    /**
     * None yet.
     *
     * @param refresh how often they are read again
     * @param nanos   time that is never set, such as {@link System#nanoTime}
     * @param timer   its tasks are short
     */
    IssuerKeys(
            String issuer, KeyDocument document, Duration refresh, LongSupplier nanos, ScheduledExecutorService timer) {
        this.issuer = issuer;
        this.document = document;
        this.refresh = refresh;
        this.nanos = nanos;
        this.timer = timer;
    }

    /**
     * Reads them now and on the timer from now on.
     *
     * @param changed called whenever others are in force
     */
    void start(Runnable changed) {
        onChange = changed;
        turn();
    }

    private void turn() {
        var unused = read().thenAccept(now -> turnIn(now == null ? FIRST.after(failures()) : refresh));
    }

    private void turnIn(Duration pause) {
        try {
            var unused = timer.schedule(this::turn, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the gateway is being closed
        }
    }

    private synchronized int failures() {
        return Math.max(0, failures - 1);
    }

    /** The keys as they are known; null before the first were read. */
    @Nullable
    TokenKeys now() {
        return keys;
    }

    /** The keys after a token named one that is not known; those of before where they were asked for lately. */
    synchronized CompletableFuture<@Nullable TokenKeys> afterUnknown() {
        if (reading != null) {
            return reading;
        }
        long now = nanos.getAsLong();
        if (askedOnce && now - asked < APART.toNanos()) {
            return CompletableFuture.completedFuture(keys);
        }
        asked = now;
        askedOnce = true;
        return read();
    }

    private synchronized CompletableFuture<@Nullable TokenKeys> read() {
        if (reading != null) {
            return reading;
        }
        CompletableFuture<@Nullable TokenKeys> done = new CompletableFuture<>();
        reading = done;
        try {
            var unused =
                    document.read().thenApply(this::parsed).whenComplete((fresh, error) -> settled(done, fresh, error));
        } catch (RuntimeException e) {
            settled(done, null, e);
        }
        return done;
    }

    /** Most often it is the same document once more. */
    private TokenKeys parsed(byte[] bytes) {
        Parsed before = last;
        if (before != null && Arrays.equals(before.document(), bytes)) {
            return before.keys();
        }
        Parsed now = new Parsed(bytes, TokenKeys.read(bytes));
        last = now;
        return now.keys();
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by what is in it, above
    private record Parsed(byte[] document, TokenKeys keys) {}

    private void settled(
            CompletableFuture<@Nullable TokenKeys> done, @Nullable TokenKeys fresh, @Nullable Throwable error) {
        boolean changed;
        synchronized (this) {
            reading = null;
            changed = fresh != null && !fresh.equals(keys);
            if (fresh != null) {
                keys = fresh;
            }
            failures = fresh == null ? failures + 1 : 0;
            say(fresh == null ? cause(error) : "");
        }
        (fresh == null ? failed : fetched).incrementAndGet();
        if (changed) {
            onChange.run();
        }
        done.complete(keys);
    }

    private static String cause(@Nullable Throwable error) {
        Throwable inner = error instanceof CompletionException ? error.getCause() : error;
        return String.valueOf(inner);
    }

    /** Logs a problem once, until it is another one. */
    private void say(String problem) {
        if (!problem.isEmpty() && !problem.equals(said)) {
            log.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("problem", problem)
                    .log("keys of the issuer not read, those known are kept");
        }
        said = problem;
    }

    String issuer() {
        return issuer;
    }

    /** How often they were read. */
    long fetched() {
        return fetched.get();
    }

    /** How often they could not be read. */
    long failed() {
        return failed.get();
    }
}
