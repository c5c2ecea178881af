package io.laneway.kafka.spring;

import io.laneway.kafka.consume.LaneConsumers;
import io.laneway.kafka.lane.LaneSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Spring's consumer factory, whose consumers keep to lanes. The properties are those of Spring Boot's Kafka support,
 * with those of {@link io.laneway.kafka.lane.LaneSettings} among them. A consumer without a group is a plain one, as
 * it hands nothing over. Safe for many threads.
 */
public class LaneConsumerFactory<K, V> extends DefaultKafkaConsumerFactory<K, V> {

    // Spring's own list would warn that it reaches none but Spring's own consumers.
    private final List<Listener<K, V>> listeners = new CopyOnWriteArrayList<>();
    private String name = "not.managed.by.Spring";
    private boolean configure = true;

    /** A factory with these properties, such as {@code KafkaProperties.buildConsumerProperties()}. */
    public LaneConsumerFactory(Map<String, Object> properties) {
        super(properties);
    }

    /** A factory in place of another one: with its properties, deserializers, listeners and post-processors. */
    @SuppressWarnings("this-escape") // Spring's own constructor calls what it leaves to be overridden as well
    public LaneConsumerFactory(DefaultKafkaConsumerFactory<K, V> other) {
        super(other.getConfigurationProperties(), other::getKeyDeserializer, other::getValueDeserializer);
        // Spring has no getter for it.
        configure = Boolean.TRUE.equals(new DirectFieldAccessor(other).getPropertyValue("configureDeserializers"));
        other.getListeners().forEach(this::addListener);
        other.getPostProcessors().forEach(this::addPostProcessor);
    }

    @Override
    protected Consumer<K, V> createRawConsumer(Map<String, Object> properties) {
        if (properties.get(ConsumerConfig.GROUP_ID_CONFIG) == null) {
            return super.createRawConsumer(LaneSettings.without(properties));
        }
        Removal removal = new Removal();
        Consumer<K, V> consumer = LaneConsumers.create(
                properties,
                configured(getKeyDeserializer(), properties, true),
                configured(getValueDeserializer(), properties, false),
                removal);
        if (!listeners.isEmpty()) {
            removal.id = name + "." + clientId(consumer);
            removal.consumer = consumer;
            listeners.forEach(one -> one.consumerAdded(removal.id, consumer));
        }
        return consumer;
    }

    private <T> @Nullable Deserializer<T> configured(
            @Nullable Deserializer<T> deserializer, Map<String, Object> properties, boolean key) {
        if (deserializer != null && configure) {
            deserializer.configure(properties, key);
        }
        return deserializer;
    }

    private static String clientId(Consumer<?, ?> consumer) {
        for (MetricName metric : consumer.metrics().keySet()) {
            String id = metric.tags().get("client-id");
            if (id != null) {
                return id;
            }
        }
        return "unknown";
    }

    @Override
    public void setBeanName(String name) {
        super.setBeanName(name);
        this.name = name;
    }

    @Override
    public void setConfigureDeserializers(boolean configureDeserializers) {
        super.setConfigureDeserializers(configureDeserializers);
        configure = configureDeserializers;
    }

    @Override
    public List<Listener<K, V>> getListeners() {
        return List.copyOf(listeners);
    }

    @Override
    public void addListener(Listener<K, V> listener) {
        listeners.add(listener);
    }

    @Override
    public void addListener(int index, Listener<K, V> listener) {
        listeners.add(Math.min(index, listeners.size()), listener);
    }

    @Override
    public boolean removeListener(Listener<K, V> listener) {
        return listeners.remove(listener);
    }

    /** What is called when a consumer is closed. Confined to the consumer's thread. */
    private final class Removal implements Runnable {

        private String id = "";
        private @Nullable Consumer<K, V> consumer;

        @Override
        public void run() {
            Consumer<K, V> removed = consumer;
            if (removed != null) {
                listeners.forEach(one -> one.consumerRemoved(id, removed));
            }
        }
    }
}
