package io.laneway.gateway.telemetry.recording;

import io.laneway.replay.record.Recorder;
import io.laneway.replay.record.RecordingCounts;
import io.laneway.router.background.DaemonThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a recorder: it ends with the recording. Safe for many threads. */
final class RecorderThread {

    private static final Logger log = LoggerFactory.getLogger(RecorderThread.class);
    private static final DaemonThreadFactory THREADS = new DaemonThreadFactory("laneway-recorder");

    private final Thread thread;

    private RecorderThread(Thread thread) {
        this.thread = thread;
    }

    static RecorderThread start(String recording, Recorder recorder) {
        Thread thread = THREADS.newThread(() -> run(recording, recorder));
        thread.start();
        return new RecorderThread(thread);
    }

    private static void run(String recording, Recorder recorder) {
        log.atInfo().addKeyValue("recording", recording).log("recording begun");
        try {
            recorder.run();
        } finally {
            ended(recording, recorder);
        }
    }

    private static void ended(String recording, Recorder recorder) {
        RecordingCounts counts = recorder.counts();
        log.atInfo()
                .addKeyValue("recording", recording)
                .addKeyValue("kept", counts.kept())
                .addKeyValue("dropped", counts.dropped())
                .log("recording ended");
    }

    boolean ended() {
        return !thread.isAlive();
    }

    /** Waits until it has written what was finished, or until that time, in nanoseconds. */
    void join(long end) {
        try {
            // 0 would be for ever
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
