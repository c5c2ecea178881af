package io.laneway.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vert.x for what a gateway has with the control API. Made when it is first asked for: a gateway whose table comes from
 * elsewhere loads none of its classes. Safe for many threads.
 */
final class ControlVertx implements Supplier<Vertx>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlVertx.class);
    private static final int WORKERS = 2;
    private static final long CLOSING_SECONDS = 5;

    private @Nullable Vertx made;

    @Override
    public synchronized Vertx get() {
        Vertx one = made;
        if (one == null) {
            one = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(WORKERS)
                    .setInternalBlockingPoolSize(1)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            made = one;
        }
        return one;
    }

    @Override
    public synchronized void close() {
        if (made == null) {
            return;
        }
        try {
            made.close().toCompletionStage().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().addKeyValue("reason", e).log("not closed cleanly");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
