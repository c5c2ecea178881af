package io.laneway.replay.record;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Requests between event loops and a recorder's thread; when that has ended, what still comes is dropped. Thread-
 * safe.
 */
final class RecorderQueue {

    private final ConcurrentLinkedQueue<QueuedExchange> waiting = new ConcurrentLinkedQueue<>();
    private final RecordingCounts counts;
    private volatile boolean finished;

    RecorderQueue(RecordingCounts counts) {
        this.counts = counts;
    }

    RecordingCounts counts() {
        return counts;
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
            counts.drop(DropReason.ENDED, 1);
            next.release();
            next = waiting.poll();
        }
    }
}
