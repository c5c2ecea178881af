package io.laneway.cli.record;

import io.laneway.cli.remote.Terminal;
import io.laneway.replay.send.Replay;
import io.laneway.replay.send.Totals;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says how far a replay is: a bar on a terminal, a line every 5 seconds elsewhere. Ctrl-C aborts the replay and waits for
 * the requests in flight and for what is still to be written.
 */
final class ReplayProgress {

    private static final int WIDTH = 30;

    private final Replay replay;
    private final PrintWriter err;
    private final boolean terminal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "laneway-replay-progress");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread onExit = new Thread(this::abort, "laneway-replay-abort");

    private ReplayProgress(Replay replay, PrintWriter err, boolean terminal) {
        this.replay = replay;
        this.err = err;
        this.terminal = terminal;
    }

    static ReplayProgress start(Replay replay, PrintWriter err) {
        ReplayProgress progress = new ReplayProgress(replay, err, Terminal.isOutput());
        long millis = progress.terminal ? 200 : 5_000;
        progress.timer.scheduleAtFixedRate(progress::say, millis, millis, TimeUnit.MILLISECONDS);
        Runtime.getRuntime().addShutdownHook(progress.onExit);
        return progress;
    }

    private void abort() {
        replay.abort();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say() {
        Totals totals = replay.totals();
        if (terminal) {
            int full = (int) (WIDTH * totals.done() / Math.max(1, totals.planned()));
            err.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + text(totals));
            err.flush();
        } else {
            err.println(text(totals));
        }
    }

    static String text(Totals totals) {
        return totals.done() + " of " + totals.planned() + " requests: " + totals.responded() + " responded, "
                + totals.failed() + " failed, " + totals.skipped() + " unsafe or WebSockets left out"
                + (totals.earlier() > 0 ? ", " + totals.earlier() + " by an earlier run" : "")
                + "; late by " + totals.late() / 1_000_000 + " ms at most, " + totals.lateOver100Millis()
                + " by more than 100 ms";
    }

    /** Says where the replay ended, and lets the process end. */
    void close() {
        timer.shutdownNow();
        err.print(terminal ? "\r" : "");
        err.println(text(replay.totals()));
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // the process ends already, by Ctrl-C
        }
    }
}
