package io.laneway.spring;

import io.laneway.kafka.metrics.LaneMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Consumers, listeners and producers of the application keep to lanes, those of Spring Boot's auto-configuration as
 * those that the application makes; refused at the start is what lanes cannot serve. Settings are those of Kafka's
 * clients: {@code spring.kafka.properties.laneway.*}.
 */
@AutoConfiguration
@ConditionalOnClass(KafkaTemplate.class)
@ConditionalOnBooleanProperty(name = "laneway.messages.enabled", matchIfMissing = true)
public final class LanewayAutoConfiguration {

    /** Called by Spring. */
    public LanewayAutoConfiguration() {
        // The beans depend on nothing but each other.
    }

    @Bean
    static BeanPostProcessor lanewayKafkaBeans() {
        return new KafkaBeans();
    }

    @Bean
    StartCheck lanewayStartCheck(ListableBeanFactory beans) {
        return new StartCheck(beans);
    }

    /** Meters, where the application has any. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {

        @Bean
        @ConditionalOnMissingBean
        LaneMetrics lanewayMetrics() {
            return new LaneMetrics();
        }
    }
}
