package io.laneway.gateway.server.tables;

import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.document.tree.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the last known good table: soon after a change, but not with every change of a burst, and once more when
 * closed. Only while the file is this process's, so that one that is being replaced does not write over what its
 * successor knows. On a thread of its own; a disk that is full or gone is said, tried again, and changes nothing else.
 * Safe for many threads.
 */
final class TableKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableKeeper.class);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration APART = Duration.ofSeconds(10);
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final LastKnownGood disk;
    private final Duration apart;
    private final ScheduledExecutorService thread;
    private final Object pen = new Object();
    private @Nullable FollowedTable newest;
    private boolean owned;
    private boolean scheduled;
    private boolean failing;
    private long lastWrite;

    TableKeeper(Path directory) {
        this(new LastKnownGood(directory), APART);
    }

    /** @param apart from one write to the next, at least */
    TableKeeper(LastKnownGood disk, Duration apart) {
        this.disk = disk;
        this.apart = apart;
        this.lastWrite = System.nanoTime() - apart.toNanos();
        this.thread = Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-table-keeper"));
    }

    /** The table on disk, null if there is none that can be used. Blocks. */
    @Nullable
    FollowedTable read() {
        LastKnownGood.Found found = disk.read();
        for (Problem problem : found.problems()) {
            log.atWarn().addKeyValue("problem", problem).log("last known good table ignored");
        }
        return found.table();
    }

    /** Keeps a table, before long. */
    synchronized void keep(FollowedTable followed) {
        newest = followed;
        schedule();
    }

    /** The file is this process's from now on. */
    synchronized void own() {
        owned = true;
        schedule();
    }

    /** The file is another process's once this returns. */
    void disown() {
        synchronized (this) {
            owned = false;
        }
        synchronized (pen) {
            log.atDebug().log("the last known good table is another process's");
        }
    }

    private synchronized void schedule() {
        if (owned && newest != null && !scheduled && !thread.isShutdown()) {
            scheduled = true;
            long next = lastWrite + apart.toNanos() - System.nanoTime();
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
        synchronized (pen) {
            FollowedTable followed = take();
            if (followed == null) {
                return;
            }
            try {
                disk.write(followed);
                written();
            } catch (IOException | RuntimeException e) {
                failed(followed, e);
            }
        }
    }

    private synchronized @Nullable FollowedTable take() {
        scheduled = false;
        if (!owned) {
            return null;
        }
        lastWrite = System.nanoTime();
        FollowedTable taken = newest;
        newest = null;
        return taken;
    }

    private void written() {
        if (failing) {
            failing = false;
            log.atInfo().log("last known good table written again");
        }
    }

    private synchronized void failed(FollowedTable followed, Exception reason) {
        log.atLevel(failing ? Level.DEBUG : Level.WARN)
                .addKeyValue("reason", reason)
                .log("last known good table not written, tried again later");
        failing = true;
        newest = newest == null ? followed : newest;
        schedule();
    }
}
