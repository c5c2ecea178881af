package io.laneway.gateway;

import io.laneway.gateway.runtime.config.AccessLogConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.lifecycle.Opened;
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
import io.laneway.gateway.telemetry.otlp.SpanExport;
import io.laneway.gateway.telemetry.otlp.SpanExports;
import io.laneway.gateway.telemetry.recording.Recordings;
import io.laneway.gateway.telemetry.records.DecisionNow;
import io.laneway.gateway.telemetry.records.RememberedRequests;
import io.laneway.gateway.telemetry.records.RequestRecords;
import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.records.TailReaders;
import io.laneway.gateway.telemetry.tap.LoopTap;
import io.laneway.gateway.telemetry.tap.RecordLookup;
import io.laneway.gateway.telemetry.tap.Tap;
import io.laneway.gateway.telemetry.tracing.Tracing;
import io.laneway.gateway.traffic.context.ExchangeTracing;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Metrics, access log, tap and spans together, an observer of all for each event loop. Safe for many threads. */
final class Telemetry implements MetricSource, AutoCloseable {

    private final Opened opened = new Opened();
    private final RequestMetrics requests;
    private final @Nullable AccessLog accessLog;
    private final Tap tap;
    private final @Nullable Tracing tracing;
    private final @Nullable SpanExport spans;
    private final Recordings recordings;

    Telemetry(GatewayConfig config, KnownNames known, GatewayEnvironment environment) {
        AccessLogConfig log = config.accessLog();
        this.requests = new RequestMetrics(
                known, environment.clock()::millis, config.admin().metrics().series());
        Runtime machine = Runtime.getRuntime();
        int loops = config.threads() > 0 ? config.threads() : machine.availableProcessors();
        TracingConfig traced = config.tracing();
        try {
            this.accessLog = log.target() == AccessLogConfig.Target.OFF ? null : opened.add(AccessLog.start(log));
            this.tracing = traced == null ? null : new Tracing(traced, loops);
            this.spans = traced == null || tracing == null
                    ? null
                    : opened.add(export(tracing, traced, config.id(), environment));
            this.tap = opened.add(new Tap(config.requests().remembered(machine.maxMemory()), loops));
            this.recordings = opened.add(Recordings.of(config, environment.clock()));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** Keeps requests as the recordings of the table say. */
    Recordings recordings() {
        return recordings;
    }

    private static SpanExport export(Tracing tracing, TracingConfig config, String id, GatewayEnvironment environment) {
        return SpanExports.start(tracing, config, id, environment.version(), environment.clock(), environment.nanos());
    }

    /** Follows the exchanges of an event loop for their spans; null for no spans. */
    @Nullable
    Function<Loop, ExchangeTracing> tracing() {
        return tracing == null ? null : tracing::loop;
    }

    /** What is remembered of finished requests, with what would be decided for them now. */
    RequestRecords records(DecisionNow now) {
        RecordLookup lookup = tap.lookup();
        return lookup == null ? RequestRecords.NONE : new RememberedRequests(lookup, now);
    }

    /** Finished requests as they come. */
    Tail tail() {
        return TailReaders.plain(tap);
    }

    /** The same for the control API, which hides the tenants from those who may not know them. */
    Tail tailWithTenants() {
        return TailReaders.withTenants(tap);
    }

    RequestMetrics requests() {
        return requests;
    }

    /** The observer of an event loop, which runs what it is given. */
    ExchangeObserver observer(Executor loop) {
        ExchangeObserver metrics = requests.loop(loop);
        return new LoopTelemetry(metrics, accessLog == null ? null : accessLog.loop(), tap.loop());
    }

    @Override
    public void write(Exposition out) {
        requests.write(out);
        recordings.write(out);
        out.counter("laneway_access_log_dropped_total", "Lines not written because the destination was too slow.");
        out.sample(accessLog == null ? 0 : accessLog.dropped());
        out.counter("laneway_tap_dropped_total", "Finished requests that did not reach who listens.");
        tap.dropped().forEach((listener, count) -> out.sample(count, "listener", listener));
        if (spans != null) {
            out.sample(spans.dropped(), "listener", "spans");
            out.counter("laneway_spans_exported_total", "Spans that the receiver took.");
            out.sample(spans.exported());
        }
    }

    @Override
    public void close() {
        opened.close();
    }

    /** Counts and writes down. Confined to its event loop. */
    private record LoopTelemetry(
            ExchangeObserver metrics, @Nullable LoopLog log, LoopTap tap) implements ExchangeObserver {

        @Override
        public void finished(ExchangeRecord exchange) {
            metrics.finished(exchange);
            if (log != null) {
                log.finished(exchange);
            }
            tap.finished(exchange);
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
