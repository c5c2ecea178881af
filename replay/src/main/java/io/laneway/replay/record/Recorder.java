package io.laneway.replay.record;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.redact.Redactor;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One running recording: takes requests from event loops, and redacts and writes them on a thread of its own, which
 * runs it. It ends by time or size by itself, and its thread with the last request that had matched. A loop never waits
 * for it: a slow sink fills the bounds of its inlets, and what has no room is dropped and counted.
 */
public final class Recorder implements Runnable {

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RecorderQueue queue;
    private final RecordingSink sink;
    private final Redactor redactor;
    private final RecorderLimits limits;
    private final HeldBytes all;
    private final Instant until;
    private final Clock clock;
    private long flushed = System.nanoTime();
    private volatile boolean open = true;
    private volatile boolean closing;
    private volatile boolean ended;

    /** A recording that matches until then, by this clock; the sink and the redactor are its own from now on. */
    public Recorder(RecordingSink sink, Redactor redactor, RecorderLimits limits, Instant until, Clock clock) {
        this.sink = sink;
        this.queue = new RecorderQueue(sink.counts());
        this.redactor = redactor;
        this.limits = limits;
        this.all = new HeldBytes("all", limits.all());
        this.until = until;
        this.clock = clock;
    }

    /** Another inlet, for one event loop. */
    public RecorderInlet inlet() {
        return new RecorderInlet(queue, all, new HeldBytes("inlet", limits.inlet()));
    }

    /** Whether it still matches requests; requests that have matched before are written nevertheless. */
    public boolean open() {
        return open;
    }

    /** Whether its thread has written the last request. */
    public boolean ended() {
        return ended;
    }

    public RecordingCounts counts() {
        return sink.counts();
    }

    /** Matches nothing more; what was handed over is written, and then its thread ends. */
    public void close() {
        open = false;
        closing = true;
    }

    @Override
    public void run() {
        try {
            quietly(sink::begin);
            while (!closing && (open || counts().pending() > 0 || queue.gathering())) {
                boolean idle = !writeNext();
                flushWhenDue();
                endWhenDue();
                if (idle) {
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            }
            boolean more = true;
            while (more) {
                more = writeNext();
            }
        } finally {
            open = false;
            sink.close();
            queue.finish();
            ended = true;
        }
    }

    private boolean writeNext() {
        QueuedExchange next = queue.poll();
        if (next == null) {
            return false;
        }
        RecordedExchange redacted = redacted(next);
        if (redacted == null || !written(redacted)) {
            next.drop(counts(), DropReason.FAILED);
        }
        return true;
    }

    /** What fails here, fails again when a request is written, and is counted then; the recording does not end for it. */
    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            return;
        }
    }

    private boolean written(RecordedExchange redacted) {
        try {
            sink.write(redacted);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private @Nullable RecordedExchange redacted(QueuedExchange queued) {
        try {
            return queued.exchange().redacted(redactor);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // of one large request in a small heap: the others are recorded
            return null;
        } finally {
            queued.release();
        }
    }

    private void flushWhenDue() {
        long now = System.nanoTime();
        if (now - flushed >= FLUSH_NANOS) {
            flushed = now;
            quietly(sink::flush);
        }
    }

    private void endWhenDue() {
        if (sink.ended() || !clock.instant().isBefore(until)) {
            open = false;
        }
    }
}
