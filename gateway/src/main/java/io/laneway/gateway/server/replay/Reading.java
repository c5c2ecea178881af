package io.laneway.gateway.server.replay;

import io.laneway.gateway.server.replay.ReplayReports.Wanted;
import java.util.concurrent.TimeUnit;

/**
 * Says that a replay runs while its requests are read: a bucket or a topic may take longer than the control API waits for
 * news. Closed by the thread that started it.
 */
final class Reading implements AutoCloseable {

    private static final long EACH_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final String run;
    private final ReplayReports reports;
    private final Thread thread = new Thread(this::say, "laneway-replay-reading");
    private volatile boolean unwanted;

    private Reading(String run, ReplayReports reports) {
        this.run = run;
        this.reports = reports;
    }

    static Reading start(String run, ReplayReports reports) {
        Reading reading = new Reading(run, reports);
        reading.thread.setDaemon(true);
        reading.thread.start();
        return reading;
    }

    private void say() {
        try {
            while (!unwanted) {
                Thread.sleep(EACH_MILLIS);
                Wanted wanted = reports.say(ReplayNews.running(run, ReplayNews.NONE, 0));
                unwanted = wanted == Wanted.ABORT || wanted == Wanted.OVER;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was aborted meanwhile. */
    boolean unwanted() {
        return unwanted;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
