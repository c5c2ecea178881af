package io.laneway.cli.messages;

import io.laneway.kafka.recording.RecordingTopic;
import io.laneway.kafka.recording.TopicWriter;
import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.record.DiskListener;
import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.RecordingCounts;
import io.laneway.replay.record.RecordingSink;
import io.laneway.replay.record.Unwritten;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes a recording into a topic: a record for each request, its line of JSON, keyed by its trace, else by its id, so that
 * a chain is in one partition. Confined to one thread; results come on the client's.
 */
final class KafkaSink implements RecordingSink {

    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RecordingCounts counts = new RecordingCounts();
    private final AtomicLong size = new AtomicLong();
    private final AtomicBoolean said = new AtomicBoolean();
    private final RecordingTopic topic;
    private final Map<String, String> headers;
    private final long max;
    private final DiskListener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable TopicWriter writer;
    private volatile @Nullable DropReason failing;
    private long tried;

    KafkaSink(RecordingTopic topic, RecordingHeader header, long max, DiskListener listener) {
        this.topic = topic;
        this.max = max;
        this.listener = listener;
        this.headers = Map.of(
                RecordingTopic.RECORDING, header.recording(),
                RecordingTopic.GATEWAY, header.gateway(),
                RecordingTopic.CREATED, header.created().toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public RecordingCounts counts() {
        return counts;
    }

    @Override
    public void begin() {
        opened();
    }

    /** Its client has threads and sockets of its own, from the recording's beginning to its end. */
    private @Nullable TopicWriter opened() {
        try {
            if (writer == null) {
                writer = new TopicWriter(topic, headers);
            }
        } catch (IllegalArgumentException e) {
            failed(String.valueOf(e.getMessage()));
        }
        return writer;
    }

    @Override
    public boolean ended() {
        return size.get() >= max;
    }

    @Override
    public void write(RecordedExchange exchange) {
        if (ended()) {
            counts.drop(DropReason.ENDED, exchange);
            return;
        }
        long now = System.nanoTime();
        DropReason before = failing;
        if (before != null && now - tried < RETRY_NANOS) {
            counts.drop(before, exchange);
            return;
        }
        TopicWriter to = opened();
        if (to == null) {
            counts.drop(DropReason.REFUSED, exchange);
            return;
        }
        // one that waits half a second in vain is tried once a second
        tried = now;
        byte[] value = line(exchange);
        String key = exchange.trace().isEmpty() ? exchange.id() : exchange.trace();
        Unwritten unwritten = new Unwritten();
        unwritten.add(exchange);
        to.write(bytes(key), value, (failure, reason) -> done(failure, reason, value.length, unwritten));
    }

    private byte[] line(RecordedExchange exchange) {
        line.reset();
        try {
            LineWriter.exchange(exchange, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = line.toByteArray();
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    private void done(TopicWriter.@Nullable Failure failure, String reason, int bytes, Unwritten unwritten) {
        failing = failure == null || failure == TopicWriter.Failure.REFUSED ? null : reason(failure);
        if (failure == null) {
            size.addAndGet(bytes);
            unwritten.keep(counts);
            if (said.compareAndSet(true, false)) {
                listener.recovered();
            }
        } else {
            unwritten.drop(counts, reason(failure));
            failed(reason);
        }
    }

    private static DropReason reason(TopicWriter.Failure failure) {
        return switch (failure) {
            case AWAY -> DropReason.AWAY;
            case REFUSED -> DropReason.REFUSED;
            case SLOW -> DropReason.SLOW;
        };
    }

    private void failed(String reason) {
        if (said.compareAndSet(false, true)) {
            listener.failed(reason);
        }
    }

    /** The client sends what waits by itself. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        if (writer != null) {
            writer.close(CLOSE);
        }
    }
}
