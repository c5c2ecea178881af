package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.record.Recorder;
import io.laneway.replay.record.RecordingCounts;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.socket.SocketRoom;
import io.laneway.router.model.recording.Recording;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A recording of the table while it runs on this gateway. Safe for many threads. */
final class RunningRecording {

    private static final long SOCKET_BYTES = 16L << 20;
    private static final int SHARE = 32;

    private final Recording recording;
    private final String gateway;
    private final Pseudonyms pseudonyms;
    private final @Nullable Recorder recorder;
    private final long from;
    private final long until;
    private final LongAdder unplaced = new LongAdder();
    private final SocketRoom room =
            new SocketRoom(Math.min(SOCKET_BYTES, Runtime.getRuntime().maxMemory() / SHARE));
    private volatile boolean closed;

    /** @param recorder null if the gateway has no directory */
    RunningRecording(Recording recording, String gateway, Pseudonyms pseudonyms, @Nullable Recorder recorder) {
        this.recording = recording;
        this.gateway = gateway;
        this.pseudonyms = pseudonyms;
        this.recorder = recorder;
        this.from = recording.from() == null ? Long.MIN_VALUE : recording.from().toEpochMilli();
        this.until = recording.until().toEpochMilli();
    }

    Recording recording() {
        return recording;
    }

    String gateway() {
        return gateway;
    }

    /** What redacts and writes; null if the gateway has no directory, and what matches is only counted. */
    @Nullable
    Recorder recorder() {
        return recorder;
    }

    /** Whether it matches requests of that time: it ends by time, by size, or with the table's entry. */
    boolean runs(long millis) {
        return millis >= from && millis < until && !closed && (recorder == null || recorder.open());
    }

    /** Whether it keeps what passes of requests that it matched before. */
    boolean takes() {
        return !closed && (recorder == null || recorder.open());
    }

    /** Room for what is known of all WebSockets that it follows. */
    SocketRoom room() {
        return room;
    }

    /** Stands for a client's address. */
    String client(String address) {
        return pseudonyms.of("client " + address);
    }

    /** A request matched, and there is no directory for it. */
    void unplaced() {
        unplaced.increment();
    }

    /** Requests that matched without a directory for them. */
    long unplacedCount() {
        return unplaced.sum();
    }

    @Nullable
    RecordingCounts counts() {
        return recorder == null ? null : recorder.counts();
    }

    boolean closed() {
        return closed;
    }

    /** The table has it no more. */
    void close() {
        closed = true;
        if (recorder != null) {
            recorder.close();
        }
    }
}
