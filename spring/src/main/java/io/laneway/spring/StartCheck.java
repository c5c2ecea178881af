package io.laneway.spring;

import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.lane.Mode;
import io.laneway.kafka.spring.LaneConsumerFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Looks at all listeners before the first of them starts, and refuses those that would commit past the hand-over
 * between base and lanes: with Kafka transactions each record would fail until its retries end, and be lost. Used
 * while the application starts.
 */
final class StartCheck implements SmartLifecycle {

    private final ListableBeanFactory beans;
    private volatile boolean running;

    StartCheck(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
        List<String> refused = new ArrayList<>();
        List<MessageListenerContainer> containers =
                new ArrayList<>(beans.getBeansOfType(MessageListenerContainer.class, true, false)
                        .values());
        beans.getBeansOfType(KafkaListenerEndpointRegistry.class, true, false)
                .values()
                .forEach(registry -> containers.addAll(registry.getListenerContainers()));
        for (MessageListenerContainer container : containers) {
            String problem = problem(container);
            if (problem != null) {
                refused.add("listener " + container.getListenerId() + ": " + problem);
            }
        }
        if (!refused.isEmpty()) {
            throw new ListenersRefused(refused);
        }
        running = true;
    }

    private static @Nullable String problem(MessageListenerContainer container) {
        LaneSettings settings = settings(container);
        if (settings == null) {
            return null;
        }
        ContainerProperties properties = container.getContainerProperties();
        List<String> assigned = assigned(properties, settings);
        if (!assigned.isEmpty()) {
            return "partitions of " + assigned + " assigned by hand (expected: topics, or laneway.mode."
                    + assigned.get(0) + "=BASE; lanes are handed over by members of a group)";
        }
        List<String> topics = automatic(properties, settings);
        if (properties.getKafkaAwareTransactionManager() != null && !topics.isEmpty()) {
            return "Kafka transactions on " + topics + " with laneway.mode AUTO (expected: laneway.mode."
                    + topics.get(0) + "=BASE, or a container factory without a transaction manager)";
        }
        return null;
    }

    private static List<String> assigned(ContainerProperties properties, LaneSettings settings) {
        TopicPartitionOffset[] partitions = properties.getTopicPartitions();
        return partitions == null
                ? List.of()
                : Arrays.stream(partitions)
                        .map(TopicPartitionOffset::getTopic)
                        .filter(topic -> settings.slug() != null || settings.mode(topic) == Mode.AUTO)
                        .distinct()
                        .toList();
    }

    /** Topics of which a lane may take its records away; a pattern counts by the mode of topics without their own. */
    private static List<String> automatic(ContainerProperties properties, LaneSettings settings) {
        String[] topics = properties.getTopics();
        if (topics != null) {
            return Arrays.stream(topics)
                    .filter(topic -> settings.mode(topic) == Mode.AUTO)
                    .toList();
        }
        Pattern pattern = properties.getTopicPattern();
        return pattern != null && settings.mode() == Mode.AUTO ? List.of(pattern.pattern()) : List.of();
    }

    /** Null for a container whose consumers know no lanes. */
    private static @Nullable LaneSettings settings(MessageListenerContainer container) {
        DirectFieldAccessor fields = new DirectFieldAccessor(container);
        if (!fields.isReadableProperty("consumerFactory")
                || !(fields.getPropertyValue("consumerFactory") instanceof LaneConsumerFactory<?, ?> factory)) {
            return null;
        }
        Map<String, Object> properties = new HashMap<>(factory.getConfigurationProperties());
        Properties own = container.getContainerProperties().getKafkaConsumerProperties();
        own.stringPropertyNames().forEach(key -> properties.put(key, own.getProperty(key)));
        return LaneSettings.of(properties, System.getenv());
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
