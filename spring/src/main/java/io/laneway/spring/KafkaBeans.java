package io.laneway.spring;

import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.produce.LaneProducerInterceptor;
import io.laneway.kafka.spring.LaneBatchInterceptor;
import io.laneway.kafka.spring.LaneConsumerFactory;
import io.laneway.kafka.spring.LaneRecordInterceptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CompositeBatchInterceptor;
import org.springframework.kafka.listener.CompositeRecordInterceptor;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Gives lanes to Spring Kafka's factories, wherever they come from. A consumer factory of a class of the application's own
 * stays as it is, since it creates consumers in a way of its own. Used while the application starts.
 */
final class KafkaBeans implements BeanPostProcessor, ApplicationContextAware {

    private @Nullable ApplicationContext context;

    @Override
    public void setApplicationContext(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean.getClass() == DefaultKafkaConsumerFactory.class) {
            return withLanes((DefaultKafkaConsumerFactory<?, ?>) bean, name);
        }
        if (bean instanceof DefaultKafkaProducerFactory<?, ?> factory) {
            factory.updateConfigs(Map.of(
                    ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
                    interceptors(factory.getConfigurationProperties().get(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG))));
        } else if (bean instanceof AbstractKafkaListenerContainerFactory<?, ?, ?> factory) {
            intercept(factory);
        }
        return bean;
    }

    private <K, V> LaneConsumerFactory<K, V> withLanes(DefaultKafkaConsumerFactory<K, V> bean, String name) {
        LaneConsumerFactory<K, V> factory = new LaneConsumerFactory<>(bean);
        factory.setBeanName(name);
        if (context != null) {
            factory.setApplicationContext(context);
        }
        return factory;
    }

    /** What an application intercepts with comes after ours, so it sees the lane. */
    private static <K, V> void intercept(AbstractKafkaListenerContainerFactory<?, K, V> factory) {
        ConsumerFactory<?, ?> consumers = factory.getConsumerFactory();
        if (!(consumers instanceof LaneConsumerFactory)) {
            return;
        }
        LaneSettings settings = LaneSettings.of(consumers.getConfigurationProperties(), System.getenv());
        RecordInterceptor<K, V> records = new LaneRecordInterceptor<>(settings.header(), LaneScopes::open);
        RecordInterceptor<K, V> own = factory.getRecordInterceptor();
        factory.setRecordInterceptor(own == null ? records : new CompositeRecordInterceptor<>(records, own));
        BatchInterceptor<K, V> batches = new LaneBatchInterceptor<>(settings.header(), LaneScopes::open);
        BatchInterceptor<K, V> ownBatches = factory.getBatchInterceptor();
        factory.setBatchInterceptor(
                ownBatches == null ? batches : new CompositeBatchInterceptor<>(batches, ownBatches));
    }

    /** The configured interceptors and ours, in any of the forms that Kafka takes. */
    static List<Object> interceptors(@Nullable Object configured) {
        List<Object> all = new ArrayList<>();
        if (configured instanceof Collection<?> many) {
            all.addAll(many);
        } else if (configured instanceof String text) {
            Arrays.stream(text.split(",", -1))
                    .map(String::trim)
                    .filter(one -> !one.isEmpty())
                    .forEach(all::add);
        } else if (configured != null) {
            all.add(configured);
        }
        if (all.stream().noneMatch(KafkaBeans::ours)) {
            all.add(LaneProducerInterceptor.class.getName());
        }
        return all;
    }

    private static boolean ours(Object interceptor) {
        return interceptor == LaneProducerInterceptor.class
                || interceptor.equals(LaneProducerInterceptor.class.getName());
    }
}
