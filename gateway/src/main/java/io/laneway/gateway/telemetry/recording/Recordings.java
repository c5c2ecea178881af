package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.telemetry.metrics.RecordingTotals;
import io.laneway.gateway.traffic.context.ExchangeRecorder;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.record.Recorder;
import io.laneway.replay.record.RecorderLimits;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.redact.Redactor;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.recording.Redaction;
import io.laneway.router.text.Slug;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of the table on this gateway: each has a recorder with a thread of its own, which writes to the data
 * directory, or to a bucket or topic. The table thread begins and ends them before requests are decided
 * by a table; event loops look here once for each table that has recordings, without a lock. Safe for many threads.
 */
public final class Recordings implements MetricSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Recordings.class);
    private static final int LONGEST_NAME = 100;
    private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String gateway;
    private final @Nullable RecordingStorage place;
    private final RecordingKeys keys;
    private final Clock clock;
    // those that ended stay while the table has their name: their counters do not begin again
    private final List<RunningRecording> all = new CopyOnWriteArrayList<>();
    private final List<RecorderThread> threads = new CopyOnWriteArrayList<>();
    private boolean closed;

    private Recordings(String gateway, @Nullable RecordingStorage place, RecordingKeys keys, Clock clock) {
        this.gateway = gateway;
        this.place = place;
        this.keys = keys;
        this.clock = clock;
    }

    /** The recordings of a gateway. */
    public static Recordings of(GatewayConfig config, Clock clock) {
        return new Recordings(
                config.id(),
                Sinks.of(config, clock),
                RecordingKeys.of(config.balancing().stickySecret()),
                clock);
    }

    /** Makes what an event loop has of it. */
    public ExchangeRecorder on(Loop loop) {
        return new LoopRecorder(this::running, clock, loop);
    }

    /** Begins the recordings of a table that is used from now on, and ends those that it has no more. */
    public synchronized void follow(LaneTable table) {
        List<Recording> recordings = table.recordings();
        if (closed || (recordings.isEmpty() && all.isEmpty())) {
            return;
        }
        for (RunningRecording each : all) {
            if (!each.closed() && !recordings.contains(each.recording())) {
                each.close();
            }
        }
        forget(recordings);
        Instant now = clock.instant();
        for (Recording each : recordings) {
            if (now.isBefore(each.until()) && running(each) == null && hasRoom(each)) {
                all.add(begin(each, now));
            }
        }
    }

    /** The table is checked for it, but for one that was published before it was. */
    private boolean hasRoom(Recording next) {
        long run = all.stream()
                .filter(each -> each.recorder() != null && !each.recorder().ended())
                .filter(each -> !each.closed())
                .count();
        if (run >= Recording.MOST_AT_ONCE) {
            log.atWarn()
                    .addKeyValue("recording", next.name())
                    .log("the recording does not begin on this gateway: 16 others run (expected: at most 16 at once)");
        }
        return run < Recording.MOST_AT_ONCE;
    }

    /** Those that the table has no more, once their last request is written. */
    private void forget(List<Recording> recordings) {
        Set<String> names = recordings.stream().map(Recording::name).collect(Collectors.toSet());
        all.removeIf(each -> each.closed()
                && !names.contains(each.recording().name())
                && (each.recorder() == null || each.recorder().ended()));
    }

    /** Those of a table that run. */
    List<RunningRecording> running(List<Recording> recordings) {
        List<RunningRecording> running = new ArrayList<>(recordings.size());
        for (Recording each : recordings) {
            RunningRecording found = running(each);
            if (found != null) {
                running.add(found);
            }
        }
        return running;
    }

    private @Nullable RunningRecording running(Recording recording) {
        for (RunningRecording each : all) {
            if (!each.closed() && each.recording().equals(recording)) {
                return each;
            }
        }
        return null;
    }

    private RunningRecording begin(Recording recording, Instant now) {
        Pseudonyms pseudonyms = keys.of(recording);
        RecordingStorage to = place;
        if (to == null) {
            log.atWarn()
                    .addKeyValue("recording", recording.name())
                    .log("the recording keeps nothing on this gateway: it has no place for it (expected: data: DIR,"
                            + " or recordings)");
            return new RunningRecording(recording, gateway, pseudonyms, null);
        }
        Instant created = recording.from() == null ? now : recording.from();
        RecordingHeader header = new RecordingHeader(Slug.of(recording.name()), fileName(gateway), created, true);
        Recorder recorder = new Recorder(
                to.sinks().open(header, recording.max().bytes(), new LoggedDisk(recording.name())),
                Redactor.of(rules(recording.redact()), pseudonyms),
                RecorderLimits.within(Runtime.getRuntime().maxMemory()),
                recording.until(),
                clock);
        threads.removeIf(RecorderThread::ended);
        threads.add(RecorderThread.start(recording.name(), recorder));
        return new RunningRecording(recording, gateway, pseudonyms, recorder);
    }

    private static RedactionRules rules(Redaction of) {
        return new RedactionRules(of.headers(), of.query(), of.form(), of.json(), of.keep());
    }

    private static String fileName(String gateway) {
        String name = "_" + gateway.replaceAll("[^A-Za-z0-9._-]", "_");
        String bare = Character.isLetterOrDigit(name.charAt(1)) ? name.substring(1) : name;
        return bare.substring(0, Math.min(bare.length(), LONGEST_NAME));
    }

    /** The requests of a recording that this gateway kept, read when they are asked for; null if it has no place for any. */
    public @Nullable RecordedSource kept(String recording) {
        return place == null ? null : place.kept().of(Slug.of(recording), fileName(gateway));
    }

    /** What became of the requests that matched, by recording. */
    public List<RecordingTotals> totals() {
        return RecordingMetrics.totals(all, clock.millis());
    }

    @Override
    public void write(Exposition out) {
        if (!all.isEmpty()) {
            RecordingMetrics.write(all, out);
        }
    }

    /** Writes what is finished, and ends the threads. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            all.forEach(RunningRecording::close);
        }
        long end = System.nanoTime() + CLOSING_NANOS;
        threads.forEach(thread -> thread.join(end));
    }
}
