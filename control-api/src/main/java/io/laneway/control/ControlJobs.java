package io.laneway.control;

import io.laneway.control.auth.AuthConfig;
import io.laneway.control.check.LintMetric;
import io.laneway.control.plan.PlanMetric;
import io.laneway.control.recording.RecordingSweep;
import io.laneway.control.sources.Discovery;
import io.laneway.control.sources.PublisherPump;
import io.laneway.control.store.ReplicaSignal;
import io.laneway.router.background.DaemonThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the control API does by itself: following other replicas, discovery, publishing, and jobs at intervals. */
final class ControlJobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlJobs.class);
    private static final int SIGNAL_MS = 500;
    private static final int AGAIN_MS = 200;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration RESPONSES_KEPT = Duration.ofDays(1);

    private final ControlConfig config;
    private final Components components;
    private final Runnable beat;
    private final Runnable certificates;
    private final String holder = UUID.randomUUID().toString();
    private final List<Discovery> discoveries = new ArrayList<>();
    private final List<PublisherPump> pumps = new ArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "laneway-control-jobs"));

    /** For jobs that wait for others' networks, so that plans do not wait with them. */
    private final ScheduledExecutorService remote =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "laneway-control-remote"));

    /** For what must be done within a second, whatever the other jobs wait for. */
    private final ScheduledExecutorService access =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "laneway-control-access"));

    private final Thread follower = new DaemonThreadFactory("laneway-control-follower").newThread(this::follow);
    private volatile boolean closed;

    /**
     * @param beat         notes again who follows the table otherwise than by the watch
     * @param certificates looks whether they were renewed
     */
    ControlJobs(ControlConfig config, Components components, Runnable beat, Runnable certificates) {
        this.beat = beat;
        this.certificates = certificates;
        this.config = config;
        this.components = components;
        config.around()
                .sources()
                .forEach(source -> discoveries.add(new Discovery(
                        source,
                        holder,
                        components.editor(),
                        components.store(),
                        components.life(),
                        components.sweeper())));
        config.around()
                .publishers()
                .forEach(publisher ->
                        publish(new PublisherPump(publisher, holder, components.editor(), components.store())));
    }

    private void publish(PublisherPump pump) {
        pumps.add(pump);
        components.publishing().add(pump.status().name(), pump::status);
    }

    void start() {
        if (components.store().shared()) {
            follower.start();
        }
        Duration life = config.laneLife().every();
        every(Duration.ofSeconds(2), "tokens", components.authenticator()::refresh);
        every(access, Duration.ofMillis(400), "grants", components.grants()::look);
        AuthConfig.Oidc oidc = config.auth().oidc();
        if (oidc != null) {
            every(access, oidc.refresh(), "keys", components.authenticator()::refreshKeys);
        }
        every(Duration.ofSeconds(1), "gateways", components.gateways()::listen);
        every(Duration.ofSeconds(5), "followers", beat);
        every(Duration.ofSeconds(1), "certificates", certificates);
        every(Duration.ofSeconds(2), "questions", components.questions()::tend);
        every(Duration.ofSeconds(2), "replays", components.replays()::tend);
        every(Duration.ofMillis(500), "plans", () -> {
            if (!alone("plans", Duration.ofSeconds(5), components.plans()::tick)) {
                components.plans().observe();
            }
        });
        every(life, "lanes", () -> alone("lanes", life.plusSeconds(5), components.sweeper()::sweep));
        RecordingSweep recordings = new RecordingSweep(components.editor(), config.clock());
        every(life, "recordings", () -> alone("recordings", life.plusSeconds(5), recordings::sweep));
        every(Duration.ofSeconds(1), "webhooks", components.webhooks()::again);
        every(Duration.ofSeconds(5), "uses", components.sweeper()::flush);
        every(Duration.ofSeconds(1), "joins", components.joins()::tend);
        every(Duration.ofSeconds(3), "discovery", () -> discoveries.forEach(Discovery::place));
        every(remote, life, "leftovers", () -> alone("leftovers", life.plusMinutes(1), components.cleanup()::sweep));
        LintMetric lint = new LintMetric(components.lints(), components.metrics());
        every(
                Duration.ofSeconds(5),
                "lint",
                () -> lint.count(components.editor().state().publishedTable()));
        PlanMetric.register(components.metrics(), components.plans());
        every(
                HOUR,
                "silent gateways",
                () -> components.gateways().forget(config.clock().millis()));
        every(HOUR, "retention", () -> alone("retention", HOUR, this::retain));
        discoveries.forEach(Discovery::start);
        pumps.forEach(PublisherPump::start);
    }

    private void retain() {
        long now = config.clock().millis();
        components.store().side().forgetResponses(now - RESPONSES_KEPT.toMillis());
        Duration kept = config.bounds().historyRetention();
        if (kept != null) {
            int forgotten = components.store().history().forgetBefore(now - kept.toMillis());
            log.atInfo().addKeyValue("edits", forgotten).log("history beyond its retention forgotten");
        }
    }

    /** Runs a job on the one replica that holds its lease; false on the others. */
    private boolean alone(String job, Duration lease, Runnable task) {
        boolean holds =
                !components.store().shared() || components.store().side().lease(job, holder, lease);
        if (holds) {
            task.run();
        }
        return holds;
    }

    private void every(Duration pause, String what, Runnable job) {
        every(timer, pause, what, job);
    }

    private void every(ScheduledExecutorService on, Duration pause, String what, Runnable job) {
        long ms = pause.toMillis();
        on.scheduleWithFixedDelay(() -> safely(what, job), ms, ms, TimeUnit.MILLISECONDS);
    }

    private void safely(String what, Runnable job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            if (!closed) {
                log.atError().setCause(e).addKeyValue("job", what).log("job failed, tried again later");
            }
        }
    }

    /** Hears of what other replicas write; a lost connection is opened again. */
    private void follow() {
        ReplicaSignal signal = components.store().replicaSignal();
        while (!closed) {
            try {
                signal.listen(SIGNAL_MS, () -> {
                    components.editor().catchUp();
                    components.questions().look();
                    components.replays().look();
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
        discoveries.forEach(Discovery::close);
        pumps.forEach(PublisherPump::close);
        timer.shutdownNow();
        remote.shutdownNow();
        access.shutdownNow();
        try {
            follower.join(2 * SIGNAL_MS);
            if (!timer.awaitTermination(5, TimeUnit.SECONDS) || !remote.awaitTermination(5, TimeUnit.SECONDS)) {
                log.atWarn().log("closed while a job was running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        components.cleanup().close();
        components.brokers().close();
    }
}
