package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.redact.Redactor;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.recording.Redaction;
import io.laneway.router.text.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one recording on this gateway, one after the other, up to its size. A request counts as kept once its member
 * is in a file. Confined to the writer's thread.
 */
final class RecordingFile {

    private static final Logger log = LoggerFactory.getLogger(RecordingFile.class);
    private static final long MOST_OF_ONE = 64L * 1024 * 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final RunningRecording running;
    private final String gateway;
    private final Path directory;
    private final Clock clock;
    private final Pseudonyms pseudonyms;
    private final Redactor redactor;
    private @Nullable RecordingWriter writer;
    private long before;
    private int number;
    private boolean failing;

    RecordingFile(RunningRecording running, String gateway, Path directory, RecordingKeys keys, Clock clock) {
        this.running = running;
        this.gateway = gateway;
        this.directory = directory;
        this.clock = clock;
        this.pseudonyms = keys.of(running.recording());
        this.redactor = Redactor.of(rules(running.recording().redact()), pseudonyms);
    }

    private static RedactionRules rules(Redaction of) {
        return new RedactionRules(of.headers(), of.query(), of.form(), of.json(), of.keep());
    }

    RunningRecording running() {
        return running;
    }

    /** Writes the request without its secrets; one whose secrets cannot be taken out is lost. */
    void write(RecordedExchangeInFlight exchange) {
        RecordedExchange record = redacted(exchange);
        if (record == null) {
            running.dropped(Loss.REDACTION, 1);
            return;
        }
        int pending = 0;
        try {
            RecordingWriter to = writer();
            pending = to.pending();
            to.write(record);
            written(to, pending + 1);
        } catch (IOException e) {
            failed(e, pending + 1);
        }
    }

    private @Nullable RecordedExchange redacted(RecordedExchangeInFlight exchange) {
        Facts facts = exchange.facts();
        if (facts == null) {
            return null;
        }
        Recording recording = running.recording();
        try {
            String client = pseudonyms.of("client " + facts.source());
            return redactor.redact(ExchangeRecords.of(
                    exchange, facts, gateway, (int) recording.bodies().bytes(), client));
        } catch (RuntimeException e) {
            // its message may have a value in it
            log.atWarn()
                    .addKeyValue("recording", recording.name())
                    .addKeyValue("error", e.getClass().getName())
                    .log("a request could not be redacted and is not recorded");
            return null;
        }
    }

    private RecordingWriter writer() throws IOException {
        RecordingWriter to = writer;
        if (to == null) {
            Files.createDirectories(directory);
            String name = Slug.of(running.recording().name()) + "-" + gateway.replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                    + TIME.format(clock.instant());
            Path file = directory.resolve(name + ".jsonl.gz");
            while (Files.exists(file)) {
                number++;
                file = directory.resolve(name + "-" + number + ".jsonl.gz");
            }
            to = RecordingWriter.create(
                    file, new RecordingHeader(running.recording().name(), gateway, clock.instant(), true));
            writer = to;
        }
        return to;
    }

    /** @param requests that were in no file before */
    private void written(RecordingWriter to, int requests) throws IOException {
        if (to.pending() > 0) {
            return;
        }
        running.kept(requests);
        failing = false;
        if (before + to.size() >= running.recording().max().bytes()) {
            running.fill();
        }
        if (to.size() >= MOST_OF_ONE || running.full()) {
            before += to.size();
            writer = null;
            to.close();
        }
    }

    private void failed(IOException why, int requests) {
        running.dropped(Loss.DISK, requests);
        if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("recording", running.recording().name())
                    .addKeyValue("directory", directory)
                    .addKeyValue("reason", why.toString())
                    .log("recorded requests could not be written");
        }
    }

    /** Ends the member, so that the file reads up to here. */
    void flush() {
        RecordingWriter to = writer;
        int pending = to == null ? 0 : to.pending();
        if (to == null || pending == 0) {
            return;
        }
        try {
            to.flush();
            written(to, pending);
        } catch (IOException e) {
            failed(e, pending);
        }
    }

    void close() {
        flush();
        RecordingWriter to = writer;
        writer = null;
        if (to != null) {
            before += to.size();
            try {
                to.close();
            } catch (IOException e) {
                log.atWarn().addKeyValue("reason", e.toString()).log("a recording's file was not closed cleanly");
            }
        }
    }
}
