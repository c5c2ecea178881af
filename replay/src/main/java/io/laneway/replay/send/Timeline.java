package io.laneway.replay.send;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Time as a replay sees it. */
interface Timeline {

    /** The system's. */
    Timeline SYSTEM = new Timeline() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public @Nullable Runnable await(BlockingQueue<Runnable> events, long nanos) throws InterruptedException {
            return events.poll(nanos, TimeUnit.NANOSECONDS);
        }
    };

    long nanos();

    /** The next event, null if there is none within that time. */
    @Nullable
    Runnable await(BlockingQueue<Runnable> events, long nanos) throws InterruptedException;
}
