package io.laneway.replay.record;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests between event loops and a recorder's thread; when that has ended, what still comes is dropped. Thread-
 * safe.
 */
final class RecorderQueue {

    private final ConcurrentLinkedQueue<QueuedExchange> waiting = new ConcurrentLinkedQueue<>();
    private final RecordingCounts counts;
    private final AtomicInteger gathering = new AtomicInteger();
    private volatile boolean finished;

    RecorderQueue(RecordingCounts counts) {
        this.counts = counts;
    }

    RecordingCounts counts() {
        return counts;
    }

    /** So many more wait on their loops for what follows. */
    void gather(int more) {
        gathering.addAndGet(more);
    }

    /** Whether something waits on a loop, and is offered soon. */
    boolean gathering() {
        return gathering.get() > 0;
    }

    void offer(QueuedExchange exchange) {
        waiting.add(exchange);
        if (finished) {
            // the thread may have looked for the last time before the request was there
            dropRest();
        }
    }

    @Nullable
    QueuedExchange poll() {
        return waiting.poll();
    }

    /** Nothing is polled any more. */
    void finish() {
        finished = true;
        dropRest();
    }

    private void dropRest() {
        QueuedExchange next = waiting.poll();
        while (next != null) {
            next.drop(counts, DropReason.ENDED);
            next.release();
            next = waiting.poll();
        }
    }
}
