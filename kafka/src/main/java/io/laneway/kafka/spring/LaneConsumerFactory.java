package io.laneway.kafka.spring;

import io.laneway.kafka.consume.LaneConsumers;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Spring's consumer factory, whose consumers keep to lanes. The properties are those of Spring Boot's Kafka support,
 * with those of {@link io.laneway.kafka.lane.LaneSettings} among them. Safe for many threads.
 */
public class LaneConsumerFactory<K, V> extends DefaultKafkaConsumerFactory<K, V> {

    /** A factory with these properties, such as {@code KafkaProperties.buildConsumerProperties()}. */
    public LaneConsumerFactory(Map<String, Object> properties) {
        super(properties);
    }

    @Override
    protected Consumer<K, V> createRawConsumer(Map<String, Object> properties) {
        return LaneConsumers.create(properties, getKeyDeserializer(), getValueDeserializer());
    }
}
