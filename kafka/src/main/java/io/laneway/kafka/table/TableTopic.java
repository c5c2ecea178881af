package io.laneway.kafka.table;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topic of a lane table and how to reach it. Immutable.
 *
 * @param servers    {@code bootstrap.servers}
 * @param properties further properties of the clients, such as those of TLS and SASL
 */
public record TableTopic(String servers, String topic, Map<String, String> properties) {

    private static final String CALL = "default.api.timeout.ms";

    public TableTopic {
        if (servers.isBlank() || topic.isBlank()) {
            throw new IllegalArgumentException("kafka: servers or topic is empty (expected: both)");
        }
        properties = Map.copyOf(properties);
        String call = properties.getOrDefault(CALL, "1");
        if (!call.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("kafka: " + CALL + ": " + call + " (expected: milliseconds, >= 1)");
        }
    }

    /** Without the properties' values, which hold secrets. */
    @Override
    public String toString() {
        return "kafka " + topic + " at " + servers;
    }

    TopicPartition partition() {
        return new TopicPartition(topic, 0);
    }

    /** The properties of a client, with its own. */
    Map<String, Object> client(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", servers);
        all.putAll(own);
        return all;
    }

    /** A consumer of no group that sees only what was committed. */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> own = Map.of(
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(own), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition()));
        return consumer;
    }

    /** Makes the topic if it is not there, else checks that its records have one order. */
    void ensure() {
        try (Admin admin = Admin.create(client(Map.of()))) {
            NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty());
            wanted.configs(Map.of("cleanup.policy", "compact"));
            try {
                admin.createTopics(List.of(wanted)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("topic " + topic + " cannot be made", e.getCause());
                }
                requireOnePartition(admin);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void requireOnePartition(Admin admin) throws InterruptedException {
        try {
            int partitions = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic))
                    .partitions()
                    .size();
            if (partitions != 1) {
                throw new KafkaException("topic " + topic + ": " + partitions + " partitions (expected: 1)");
            }
        } catch (ExecutionException e) {
            // Made a moment ago by another: the broker that was asked may not have heard of it yet.
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new KafkaException("topic " + topic + " cannot be described", e.getCause());
            }
        }
    }

    /** How long one call to Kafka may take: {@code default.api.timeout.ms} of the properties, 10 s without it. */
    Duration patience() {
        return Duration.ofMillis(Long.parseLong(properties.getOrDefault(CALL, "10000")));
    }
}
