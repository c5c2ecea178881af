package io.laneway.gateway.tables;

import io.laneway.router.document.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last known good table: soon after a change, but not with every change of a burst, and once more when
 * closed. On a thread of its own; a disk that is full or gone is said and changes nothing else. Safe for many threads.
 */
final class TableKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableKeeper.class);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration APART = Duration.ofSeconds(10);
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final LastKnownGood disk;
    private final ScheduledExecutorService thread;
    private @Nullable Followed newest;
    private boolean scheduled;
    private long lastWrite = System.nanoTime() - APART.toNanos();

    TableKeeper(Path directory) {
        this.disk = new LastKnownGood(directory);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "laneway-table-keeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The table on disk, null if there is none that can be used. Blocks. */
    @Nullable
    Followed read() {
        LastKnownGood.Found found = disk.read();
        for (Problem problem : found.problems()) {
            log.atWarn().addKeyValue("problem", problem).log("last known good table ignored");
        }
        return found.table();
    }

    /** Keeps a table, before long. */
    synchronized void keep(Followed followed) {
        newest = followed;
        if (!scheduled && !thread.isShutdown()) {
            scheduled = true;
            long next = lastWrite + APART.toNanos() - System.nanoTime();
            thread.schedule(this::write, Math.max(next, SOON.toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(LAST_WRITE.toMillis(), TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        Followed followed;
        synchronized (this) {
            followed = newest;
            newest = null;
            scheduled = false;
            lastWrite = System.nanoTime();
        }
        if (followed == null) {
            return;
        }
        try {
            disk.write(followed);
        } catch (IOException e) {
            log.atWarn().addKeyValue("reason", e).log("last known good table not written");
        }
    }
}
