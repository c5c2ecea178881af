package io.laneway.kafka.recording;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a topic. At most 8 MiB wait for brokers; each record has thirty seconds. Confined to one thread, which
 * waits half a second at most for the topic's brokers to be known; results come on the client's thread.
 */
public final class TopicWriter implements AutoCloseable {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("client.id", "laneway-recordings"),
            Map.entry("acks", "all"),
            Map.entry("compression.type", "gzip"),
            Map.entry("linger.ms", "100"),
            Map.entry("batch.size", "131072"),
            Map.entry("buffer.memory", "8388608"),
            Map.entry("max.block.ms", "500"),
            Map.entry("request.timeout.ms", "10000"),
            Map.entry("delivery.timeout.ms", "30000"),
            Map.entry("max.request.size", "8388608"));

    private final String topic;
    private final List<Header> headers;
    private final Producer<byte[], byte[]> producer;

    /** Why a record is not in the topic. */
    public enum Failure {
        /** No broker answered. */
        AWAY,
        /** A broker does not take it: the topic is not there, it may not be written to, or the record is too large. */
        REFUSED,
        /** Brokers take less than what is written. */
        SLOW
    }

    /** Learns what became of a record. */
    @FunctionalInterface
    public interface Result {

        /**
         * It is in the topic, or not.
         *
         * @param failure null if it is there
         * @param reason  for a person; empty if it is there
         */
        void done(@Nullable Failure failure, String reason);
    }

    /**
     * Connects to no broker yet.
     *
     * @param headers of each record
     * @throws IllegalArgumentException if a property is wrong
     */
    public TopicWriter(RecordingTopic topic, Map<String, String> headers) {
        this.topic = topic.topic();
        this.headers = headers.entrySet().stream()
                .map(each ->
                        (Header) new RecordHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        try {
            producer = new KafkaProducer<>(topic.with(DEFAULTS), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw new IllegalArgumentException(
                    "kafka: " + (e.getCause() == null ? e : e.getCause()).getMessage()
                            + " (expected: settings of a producer)",
                    e);
        }
    }

    /** Writes a record. */
    public void write(byte[] key, byte[] value, Result result) {
        try {
            producer.send(new ProducerRecord<>(topic, null, key, value, headers), (at, e) -> {
                if (e == null) {
                    result.done(null, "");
                } else {
                    result.done(failure(e), e.toString());
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            result.done(failure(e), e.toString());
        }
    }

    private static Failure failure(Exception e) {
        if (e instanceof BufferExhaustedException) {
            return Failure.SLOW;
        }
        return e instanceof ApiException && !(e instanceof RetriableException) ? Failure.REFUSED : Failure.AWAY;
    }

    /** Waits until all records have a result, for that long; those that have none then are failures. */
    public void close(Duration within) {
        producer.close(within);
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
