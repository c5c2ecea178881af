package io.laneway.control;

import io.laneway.control.rest.Backend;
import io.laneway.control.store.ReplicaSignal;
import io.laneway.router.source.DeploymentSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the control API does by itself: following other replicas, discovery, and jobs at intervals. */
final class ControlJobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlJobs.class);
    private static final int SIGNAL_MS = 500;
    private static final int AGAIN_MS = 200;

    private final ControlConfig config;
    private final Backend backend;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "laneway-control-jobs"));
    private final Thread follower = new Thread(this::follow, "laneway-control-follower");
    private volatile boolean closed;

    ControlJobs(ControlConfig config, Backend backend) {
        this.config = config;
        this.backend = backend;
    }

    void start() {
        if (backend.store().shared()) {
            follower.setDaemon(true);
            follower.start();
        }
        every(2_000, "tokens", backend.authenticator()::refresh);
        for (DeploymentSource source : config.sources()) {
            source.start(found -> backend.editor().overlay(source.name(), found).exceptionally(error -> {
                log.atError()
                        .setCause(error)
                        .addKeyValue("source", source.name())
                        .log("discovery was not taken");
                return 0L;
            }));
        }
    }

    private void every(long ms, String what, Runnable job) {
        timer.scheduleWithFixedDelay(() -> safely(what, job), ms, ms, TimeUnit.MILLISECONDS);
    }

    private static void safely(String what, Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("job", what).log("job failed, tried again later");
        }
    }

    /** Hears of what other replicas write; a lost connection is opened again. */
    private void follow() {
        ReplicaSignal signal = backend.store().replicaSignal();
        while (!closed) {
            try {
                signal.listen(SIGNAL_MS, () -> {
                    backend.editor().catchUp();
                    return !closed;
                });
            } catch (RuntimeException e) {
                if (!closed) {
                    log.atWarn().setCause(e).log("not hearing from other replicas, tried again");
                }
            }
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(closed ? 0 : AGAIN_MS);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        config.sources().forEach(DeploymentSource::close);
        timer.shutdownNow();
        follower.interrupt();
        try {
            follower.join(2_000);
            timer.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
