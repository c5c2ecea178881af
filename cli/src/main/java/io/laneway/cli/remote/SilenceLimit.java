package io.laneway.cli.remote;

import io.laneway.router.background.DaemonThreadFactory;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends a stream of lines that is silent for too long: a process that is stopped, or a network that is cut, closes no
 * connection. The control API sends a comment every 15 s. Its stream is read by one thread; the limit has its own.
 */
final class SilenceLimit implements AutoCloseable {

    /** Three comments that did not come. */
    static final Duration LONGEST = Duration.ofSeconds(45);

    private final Stream<String> lines;
    private final Duration longest;
    private final ScheduledExecutorService clock =
            new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory("laneway-silence"));
    private volatile long heard = System.nanoTime();
    private volatile boolean passed;

    SilenceLimit(Stream<String> lines, Duration longest) {
        this.lines = lines;
        this.longest = longest;
        long look = Math.max(1, longest.toMillis() / 10);
        clock.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    }

    /** The lines, each of which is a sign of life. */
    Stream<String> lines() {
        return lines.peek(line -> heard = System.nanoTime());
    }

    /** Whether the stream was ended because it was silent. */
    boolean passed() {
        return passed;
    }

    private void look() {
        if (!passed && System.nanoTime() - heard > longest.toNanos()) {
            passed = true;
            lines.close();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
