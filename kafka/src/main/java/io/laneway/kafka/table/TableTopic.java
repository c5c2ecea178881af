package io.laneway.kafka.table;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The topic of a lane table and how to reach it. Immutable.
 *
 * @param servers    {@code bootstrap.servers}
 * @param properties further properties of the clients, such as those of TLS and SASL
 */
public record TableTopic(String servers, String topic, Map<String, String> properties) {

    private static final String CALL = "default.api.timeout.ms";
    private static final String MAX_REQUEST = "max.request.size";
    private static final int LEAST_REQUEST = 16 * 1024;

    public TableTopic {
        if (servers.isBlank() || topic.isBlank()) {
            throw new IllegalArgumentException("kafka: servers or topic is empty (expected: both)");
        }
        properties = Map.copyOf(properties);
        String call = properties.getOrDefault(CALL, "1");
        if (!call.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("kafka: " + CALL + ": " + call + " (expected: milliseconds, >= 1)");
        }
        String request = properties.getOrDefault(MAX_REQUEST, "1048576");
        if (!request.matches("\\d{1,9}") || Integer.parseInt(request) < LEAST_REQUEST) {
            throw new IllegalArgumentException(
                    "kafka: " + MAX_REQUEST + ": " + request + " (expected: bytes, >= " + LEAST_REQUEST + ")");
        }
    }

    /** Without the properties' values, which hold secrets. */
    @Override
    public String toString() {
        return "kafka " + topic + " at " + servers;
    }

    /**
     * Looks at what Kafka's clients would refuse; connects to nothing.
     *
     * @throws IllegalArgumentException if a property cannot be used
     */
    public void check() {
        try {
            new ConsumerConfig(client(Map.of(
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    ByteArrayDeserializer.class,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    ByteArrayDeserializer.class)));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("properties: " + e.getMessage(), e);
        }
        for (String server : servers.split(",", -1)) {
            if (Utils.getHost(server.strip()) == null || Utils.getPort(server.strip()) == null) {
                throw new IllegalArgumentException(
                        "servers: '" + server.strip() + "' (expected: host:port, several divided by commas)");
            }
        }
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

    /**
     * Makes the topic if it is not there, else checks that its records have one order and are kept.
     *
     * @throws KafkaException if it is not as it must be and cannot be put right
     */
    TopicHealth ensure() {
        int call = (int) patience().toMillis();
        // With a request's default, 30 s, and a shorter call an admin client refuses to be made.
        Map<String, Object> own = Map.of(CALL, call, "request.timeout.ms", call);
        try (Admin admin = Admin.create(client(own))) {
            return new TopicCare(admin, topic).ensure();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The largest value that a producer with these properties sends, leaving room for key and headers. */
    int largestRequest() {
        String size = properties.getOrDefault(MAX_REQUEST, "1048576");
        return Math.max(1, Integer.parseInt(size) - TopicHealth.OVERHEAD);
    }

    /** How long one call to Kafka may take: {@code default.api.timeout.ms} of the properties, 10 s without it. */
    Duration patience() {
        return Duration.ofMillis(Long.parseLong(properties.getOrDefault(CALL, "10000")));
    }
}
