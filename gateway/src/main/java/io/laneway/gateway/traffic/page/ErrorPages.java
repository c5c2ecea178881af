package io.laneway.gateway.traffic.page;

import io.laneway.gateway.runtime.config.ErrorPagesConfig;
import io.laneway.gateway.runtime.config.FileMarks;
import io.laneway.router.background.DaemonThreadFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages that browsers get instead of problem documents, with the one thread that looks every second whether their files
 * changed. They are exchanged together, once all can be read. Safe for many threads.
 */
public final class ErrorPages implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);
    private static final long LOOK_EVERY_SECONDS = 1;

    private final ErrorPagesConfig config;
    private final FileMarks marks;
    private final ScheduledExecutorService thread;
    private volatile PageTable table;
    private volatile String problem = "";

    private ErrorPages(ErrorPagesConfig config) throws PageFailure {
        this.config = config;
        this.marks = FileMarks.of(config.files());
        this.table = PageTable.read(config);
        this.thread = Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-pages"));
        var unused = thread.scheduleWithFixedDelay(
                this::reloadIfChanged, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Reads the pages of a configuration.
     *
     * @return null if it has none
     * @throws IllegalStateException if files are missing or no templates
     */
    public static @Nullable ErrorPages of(ErrorPagesConfig config) {
        try {
            return config.isEmpty() ? null : new ErrorPages(config);
        } catch (PageFailure e) {
            throw new IllegalStateException("errorPages: " + e.getMessage(), e);
        }
    }

    private void reloadIfChanged() {
        if (!marks.changed()) {
            return;
        }
        try {
            table = PageTable.read(config);
            problem = "";
            log.atInfo().addKeyValue("files", config.files().size()).log("error pages reloaded");
        } catch (PageFailure e) {
            problem = e.what();
            log.atWarn().addKeyValue("problem", e.getMessage()).log("error pages not reloaded, the old ones stay");
        }
    }

    /** The page for a service and a status, null if there is none. */
    public @Nullable PageTemplate of(String service, int status) {
        return table.of(service, status);
    }

    /** What was wrong with the files when they were last read; empty if nothing. */
    public String problem() {
        return problem;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
