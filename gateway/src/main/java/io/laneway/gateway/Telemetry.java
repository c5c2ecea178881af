package io.laneway.gateway;

import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.runtime.record.TenantSample;
import io.laneway.gateway.telemetry.accesslog.AccessLog;
import io.laneway.gateway.telemetry.accesslog.LoopLog;
import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.KnownNames;
import io.laneway.gateway.telemetry.metrics.MetricSource;
import io.laneway.gateway.telemetry.metrics.RequestMetrics;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Metrics and access log together, an observer of both for each event loop. Safe for many threads. */
final class Telemetry implements MetricSource, AutoCloseable {

    private final RequestMetrics requests;
    private final @Nullable AccessLog accessLog;

    Telemetry(AccessLogConfig config, KnownNames known, Clock clock) {
        this.requests = new RequestMetrics(known, clock::millis);
        this.accessLog = config.target() == AccessLogConfig.Target.OFF ? null : AccessLog.start(config);
    }

    RequestMetrics requests() {
        return requests;
    }

    /** The observer of an event loop, which runs what it is given. */
    ExchangeObserver observer(Executor loop) {
        ExchangeObserver metrics = requests.loop(loop);
        return accessLog == null ? metrics : new Both(metrics, accessLog.loop());
    }

    @Override
    public void write(Exposition out) {
        requests.write(out);
        out.counter("laneway_access_log_dropped_total", "Lines not written because the destination was too slow.");
        out.sample(accessLog == null ? 0 : accessLog.dropped());
    }

    @Override
    public void close() {
        if (accessLog != null) {
            accessLog.close();
        }
    }

    /** Counts and writes down. Confined to its event loop. */
    private record Both(ExchangeObserver metrics, LoopLog log) implements ExchangeObserver {

        @Override
        public void finished(ExchangeRecord exchange) {
            metrics.finished(exchange);
            log.finished(exchange);
        }

        @Override
        public DeploymentStats deployment(String service, String lane) {
            return metrics.deployment(service, lane);
        }

        @Override
        public ListenerStats listener(String name) {
            return metrics.listener(name);
        }

        @Override
        public TenantSample tenants() {
            return metrics.tenants();
        }
    }
}
