package io.laneway.gateway.telemetry.recording;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of all recordings that run on this gateway. Confined to the writer's thread. */
final class RecordingFiles {

    private static final Logger log = LoggerFactory.getLogger(RecordingFiles.class);
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String gateway;
    private final @Nullable Path directory;
    private final RecordingKeys keys;
    private final Clock clock;
    private final Map<RunningRecording, RecordingFile> open = new HashMap<>();
    private long flushed = System.nanoTime();

    RecordingFiles(String gateway, @Nullable Path directory, RecordingKeys keys, Clock clock) {
        this.gateway = gateway;
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
    }

    /** Writes an exchange to each recording that wants it, or counts it as dropped. */
    void write(RecordedExchangeInFlight exchange) {
        for (RecordingRule rule : exchange.rules()) {
            RunningRecording running = rule.running();
            Path to = directory;
            if (to == null) {
                running.dropped(Loss.DIRECTORY, 1);
            } else if (running.full()) {
                running.dropped(Loss.ENDED, 1);
            } else {
                open.computeIfAbsent(running, each -> new RecordingFile(each, gateway, to, keys, clock))
                        .write(exchange);
            }
        }
    }

    /** Ends members that are old enough, and files of recordings that are over. */
    void tick() {
        long now = System.nanoTime();
        if (now - flushed < FLUSH_NANOS) {
            return;
        }
        flushed = now;
        long millis = clock.millis();
        for (Iterator<RecordingFile> each = open.values().iterator(); each.hasNext(); ) {
            RecordingFile file = each.next();
            file.flush();
            if (file.running().over(millis)) {
                file.close();
                each.remove();
                log.atInfo()
                        .addKeyValue("recording", file.running().recording().name())
                        .addKeyValue("kept", file.running().kept())
                        .log("recording ended");
            }
        }
    }

    void close() {
        open.values().forEach(RecordingFile::close);
        open.clear();
    }
}
