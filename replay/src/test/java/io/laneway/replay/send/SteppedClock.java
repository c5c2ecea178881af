package io.laneway.replay.send;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;

/** Time that passes when a replay waits, up to what happens first. Confined to one thread. */
final class SteppedClock implements Timeline {

    private record Later(long at, Runnable what) {}

    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::at));
    long now = 5;
    long start;

    void later(long millis, Runnable what) {
        later.add(new Later(now + millis * 1_000_000, what));
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Runnable await(BlockingQueue<Runnable> events, long nanos) {
        long end = now + Math.max(0, nanos);
        if (!later.isEmpty() && later.peek().at() <= end) {
            Later first = later.remove();
            now = first.at();
            first.what().run();
        } else {
            now = end;
        }
        return events.poll();
    }
}
