package io.laneway.kafka.recording;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its first record to the last one that is there when it begins. Confined to one thread. */
public final class TopicReader {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Map<String, String> DEFAULTS = Map.of(
            "client.id", "laneway-record-fetch",
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "default.api.timeout.ms", "15000");

    private final RecordingTopic topic;

    public TopicReader(RecordingTopic topic) {
        this.topic = topic;
    }

    /** Takes a record. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {

        void take(Map<String, String> headers, byte[] value) throws E;
    }

    /**
     * Gives all records, those of one key in their order. Blocks.
     *
     * @throws TopicUnreadable if brokers cannot be reached or do not let it read
     */
    public <E extends Exception> void read(Taker<E> taker) throws E {
        try {
            all(taker);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TopicUnreadable("topic " + topic.topic() + ": " + cause.getMessage(), e);
        }
    }

    private <E extends Exception> void all(Taker<E> taker) throws E {
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(topic.with(DEFAULTS), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic.topic()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    if (each.value() != null) {
                        taker.take(headers(each), each.value());
                    }
                }
            }
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> of) {
        Map<String, String> headers = new HashMap<>();
        for (Header each : of.headers()) {
            headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
