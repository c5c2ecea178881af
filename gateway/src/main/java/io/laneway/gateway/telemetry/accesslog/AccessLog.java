package io.laneway.gateway.telemetry.accesslog;

import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.router.background.DaemonThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: one ring for each event loop, and the thread that writes them out. A destination that is stuck or
 * fails never holds a request up; the lines that then do not fit are dropped and counted. Safe for many threads.
 */
public final class AccessLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final int RING_SIZE = 1 << 18;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration LAST_WRITES = Duration.ofSeconds(2);

    private final Supplier<LineFormat> format;
    private final Destination destination;
    private final List<LoopLog> loops = new CopyOnWriteArrayList<>();
    private final Thread writer;
    private volatile boolean closing;
    private boolean failing;
    private int first;

    AccessLog(Supplier<LineFormat> format, Destination destination) {
        this.format = format;
        this.destination = destination;
        this.writer = new DaemonThreadFactory("laneway-access-log").newThread(this::run);
    }

    /** Starts the access log that the configuration asks for; not to be called where it is off. */
    public static AccessLog start(AccessLogConfig config) {
        Supplier<LineFormat> format =
                config.format() == AccessLogConfig.Format.JSON ? JsonFormat::new : TextFormat::new;
        Destination destination = config.path() == null ? Destination.stdout() : Destination.file(config.path());
        return start(format, destination);
    }

    static AccessLog start(Supplier<LineFormat> format, Destination destination) {
        AccessLog accessLog = new AccessLog(format, destination);
        accessLog.writer.start();
        return accessLog;
    }

    /** Makes the log of an event loop. */
    public LoopLog loop() {
        LoopLog loop = new LoopLog(new Ring(RING_SIZE), format.get(), () -> LockSupport.unpark(writer));
        loops.add(loop);
        return loop;
    }

    /** Lines dropped because the destination was too slow. */
    public long dropped() {
        return loops.stream().mapToLong(LoopLog::dropped).sum();
    }

    /** Writes what waits, for at most two seconds, and ends. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writer);
        try {
            writer.join(LAST_WRITES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            int written = drain();
            // Nothing to do: sleep longer, a loop with much to say wakes us.
            LockSupport.parkNanos(this, written == 0 ? PAUSE_NANOS * 3 : PAUSE_NANOS);
        }
        drain();
        try {
            destination.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("access log not closed");
        }
    }

    /** Begins with the loop that could not be written last: if half of a line is out, its other half comes next. */
    private int drain() {
        int written = 0;
        try {
            for (int left = loops.size(); left > 0; left--) {
                first = first < loops.size() ? first : 0;
                written += loops.get(first).ring().drain(destination.channel());
                first++;
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                log.atWarn().setCause(e).log("access log not written, lines will be dropped");
            }
        }
        return written;
    }
}
