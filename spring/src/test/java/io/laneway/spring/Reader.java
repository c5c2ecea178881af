package io.laneway.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laneway.kafka.testkit.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic of one partition with a plain client: {@code value@lane} for each record, in order. */
final class Reader implements AutoCloseable {

    private final List<String> seen = new ArrayList<>();
    private final KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", Broker.shared().servers(), "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer());

    Reader(String topic) {
        consumer.assign(List.of(new TopicPartition(topic, 0)));
    }

    /** All that was read so far. */
    List<String> read() {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> seen.add(record.value() + "@" + lane(record)));
        return List.copyOf(seen);
    }

    private static String lane(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader("trace-branch");
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
