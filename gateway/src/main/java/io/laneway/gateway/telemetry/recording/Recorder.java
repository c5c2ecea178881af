package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.router.model.recording.Recording;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests as the recordings of the table say. A thread, which lives from the first recording on, takes their secrets
 * out and writes them to {@code recordings} in the gateway's data directory. Safe for many threads.
 */
public final class Recorder implements MetricSource, AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CLOSING_MILLIS = 2000;

    private final RecordingKeys keys;
    private final String gateway;
    private final @Nullable Path directory;
    private final Clock clock;
    private final Map<Recording, RunningRecording> running = new ConcurrentHashMap<>();
    private final Queue<RecordedExchangeInFlight> finished = new ConcurrentLinkedQueue<>();
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * A recorder.
     *
     * @param directory where files are written, null if there is none
     */
    Recorder(String gateway, @Nullable Path directory, RecordingKeys keys, Clock clock) {
        this.gateway = gateway;
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
    }

    /** The recorder of a gateway. */
    public static Recorder of(GatewayConfig config, Clock clock) {
        Path data = config.data();
        return new Recorder(
                config.id(),
                data == null ? null : data.resolve("recordings"),
                RecordingKeys.of(config.balancing().stickySecret()),
                clock);
    }

    /** Makes what an event loop has of it. */
    public ExchangeRecorder loop() {
        return new LoopRecorder(this);
    }

    /** The rules of a table's recordings, null if it has none that run. */
    RecordingRule @Nullable [] rules(List<Recording> recordings) {
        long now = clock.millis();
        List<RecordingRule> rules = recordings.stream()
                .filter(each -> each.until().toEpochMilli() > now)
                .map(each -> new RecordingRule(running.computeIfAbsent(each, RunningRecording::new)))
                .toList();
        if (rules.isEmpty()) {
            return null;
        }
        startThread();
        return rules.toArray(RecordingRule[]::new);
    }

    private synchronized void startThread() {
        if (thread == null && !closed) {
            thread = new Thread(this::run, "laneway-recorder");
            thread.setDaemon(true);
            thread.start();
        }
    }

    void add(RecordedExchangeInFlight exchange) {
        finished.add(exchange);
    }

    private void run() {
        RecordingFiles files = new RecordingFiles(gateway, directory, keys, clock);
        while (!closed) {
            drain(files);
            files.tick();
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        drain(files);
        files.close();
    }

    private void drain(RecordingFiles files) {
        for (RecordedExchangeInFlight next = finished.poll(); next != null; next = finished.poll()) {
            try {
                files.write(next);
            } finally {
                next.release();
            }
            files.tick();
        }
    }

    @Override
    public void write(Exposition out) {
        if (running.isEmpty()) {
            return;
        }
        Map<String, Long> kept = new TreeMap<>();
        Map<String, Map<Loss, Long>> dropped = new TreeMap<>();
        running.values().forEach(each -> {
            String name = each.recording().name();
            kept.merge(name, each.kept(), Long::sum);
            Map<Loss, Long> losses = dropped.computeIfAbsent(name, made -> new TreeMap<>());
            each.dropped().forEach((why, count) -> losses.merge(why, count.sum(), Long::sum));
        });
        out.counter("laneway_recording_kept_total", "Requests that a recording kept.");
        kept.forEach((name, count) -> out.sample(count, "recording", name));
        out.counter("laneway_recording_dropped_total", "Requests that a recording matched and that were not kept.");
        dropped.forEach((name, losses) -> losses.forEach((why, count) -> {
            if (count > 0) {
                out.sample(count, "recording", name, "reason", why.word());
            }
        }));
    }

    /** Writes what is finished, and ends the thread. */
    @Override
    public void close() {
        Thread writer;
        synchronized (this) {
            closed = true;
            writer = thread;
        }
        if (writer != null) {
            LockSupport.unpark(writer);
            try {
                writer.join(CLOSING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
