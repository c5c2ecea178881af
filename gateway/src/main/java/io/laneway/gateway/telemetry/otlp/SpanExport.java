package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.telemetry.tracing.FinishedAttempt;
import io.laneway.gateway.telemetry.tracing.FinishedCopy;
import io.laneway.gateway.telemetry.tracing.FinishedExchange;
import io.laneway.gateway.telemetry.tracing.FinishedSpans;
import io.laneway.gateway.telemetry.tracing.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the event loops followed, makes spans of it and sends them in batches, one at a time. While a batch is on its
 * way, so many others wait as may; when these are too many, the loops' rings fill, and they drop. A thread of its own;
 * counters for many threads.
 */
public final class SpanExport implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** So long what waits may still be sent at the end. */
    private static final long LAST = TimeUnit.SECONDS.toNanos(2);

    private static final long JOINING_MILLIS = 3000;

    private final Tracing tracing;
    private final TracingConfig.Batch config;
    private final SpanExporter exporter;
    private final FinishedSpan.Source source;
    private final SpanTimes times;
    private final ArrayDeque<SpanData> waiting = new ArrayDeque<>();
    private final LongAdder exported = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Thread thread;
    private long waitingSince;
    private int sent;
    private long sentAt;
    private @Nullable CompletableResultCode sending;
    private boolean late;
    private volatile boolean closed;

    SpanExport(
            Tracing tracing,
            TracingConfig.Batch config,
            SpanExporter exporter,
            FinishedSpan.Source source,
            SpanTimes times) {
        this.tracing = tracing;
        this.config = config;
        this.exporter = exporter;
        this.source = source;
        this.times = times;
        this.thread = new Thread(this::run, "laneway-spans");
        thread.setDaemon(true);
    }

    void start() {
        tracing.readBy(thread);
        thread.start();
    }

    /** Spans that the receiver took. */
    public long exported() {
        return exported.sum();
    }

    /** Spans that did not reach it. */
    public long dropped() {
        return failed.sum() + tracing.dropped();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOINING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pause = Math.min(PAUSE, TimeUnit.MILLISECONDS.toNanos(config.delayMillis()));
        while (!closed) {
            step();
            if (waiting.size() < config.size() || sending != null) {
                LockSupport.parkNanos(this, pause);
            }
        }
        end();
    }

    private void step() {
        gather();
        settle();
        if (sending == null && !waiting.isEmpty() && isDue()) {
            send();
        }
    }

    private boolean isDue() {
        long waited = System.nanoTime() - waitingSince;
        return waiting.size() >= config.size() || waited >= TimeUnit.MILLISECONDS.toNanos(config.delayMillis());
    }

    private void gather() {
        times.refresh();
        while (waiting.size() < config.queue()) {
            FinishedSpans next = tracing.poll();
            if (next == null) {
                return;
            }
            if (waiting.isEmpty()) {
                waitingSince = System.nanoTime();
            }
            if (next instanceof FinishedExchange exchange) {
                add(exchange);
            } else if (next instanceof FinishedCopy copy) {
                waiting.add(ClientSpan.of(copy, source, times));
            }
        }
    }

    private void add(FinishedExchange exchange) {
        SpanContext own = SpanContexts.of(exchange.ids(), exchange.ids().span());
        waiting.add(ServerSpan.of(exchange, own, source, times));
        for (FinishedAttempt attempt : exchange.attempts()) {
            waiting.add(ClientSpan.of(exchange, attempt, own, source, times));
        }
    }

    private void send() {
        List<SpanData> batch = new ArrayList<>(Math.min(waiting.size(), config.size()));
        while (batch.size() < config.size() && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        waitingSince = System.nanoTime();
        sent = batch.size();
        sentAt = System.nanoTime();
        CompletableResultCode result = exporter.export(batch);
        sending = result;
        result.whenComplete(() -> LockSupport.unpark(thread));
    }

    /**
     * Counts what came of the batch on its way. One that is late counts as dropped, and no other is sent until it is given
     * up: a receiver that never ends its responses would else hold a thread for each.
     */
    private void settle() {
        CompletableResultCode result = sending;
        if (result == null) {
            return;
        }
        if (result.isDone()) {
            if (!late) {
                (result.isSuccess() ? exported : failed).add(sent);
            }
            sending = null;
            late = false;
        } else if (!late && System.nanoTime() - sentAt >= TimeUnit.MILLISECONDS.toNanos(config.timeoutMillis())) {
            late = true;
            failed.add(sent);
        }
    }

    /** Sends what waits, for a moment at most. */
    private void end() {
        long until = System.nanoTime() + LAST;
        step();
        while (System.nanoTime() - until < 0 && (sending != null || !waiting.isEmpty())) {
            CompletableResultCode result = sending;
            if (result != null) {
                result.join(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            gather();
            settle();
            if (sending == null && !waiting.isEmpty()) {
                send();
            }
        }
        exporter.shutdown();
    }
}
