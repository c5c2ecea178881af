package io.laneway.kafka.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Produces records of lanes. */
public final class Records implements AutoCloseable {

    /** A record as it was written. */
    public record Written(int partition, long offset, String lane) {}

    private final KafkaProducer<String, String> producer;

    public Records(Broker broker) {
        producer = new KafkaProducer<>(
                // With more on the way, a topic just made can refuse a first batch and take a second: the first is
                // then out of order for ever.
                Map.of(
                        "bootstrap.servers",
                        broker.servers(),
                        "linger.ms",
                        2,
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Writes so many records of a lane, none if empty, one partition after the other. */
    public List<Written> write(String topic, int partitions, String lane, int count) {
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(send(topic, i % partitions, lane));
        }
        return futures.stream().map(future -> written(future, lane)).toList();
    }

    /** Sends one record. */
    public Future<RecordMetadata> send(String topic, int partition, String lane) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, partition, null, "v");
        if (!lane.isEmpty()) {
            record.headers().add("trace-branch", lane.getBytes(UTF_8));
        }
        return producer.send(record);
    }

    /** Where it went. */
    public static Written written(Future<RecordMetadata> future, String lane) {
        try {
            RecordMetadata metadata = future.get();
            return new Written(metadata.partition(), metadata.offset(), lane);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
