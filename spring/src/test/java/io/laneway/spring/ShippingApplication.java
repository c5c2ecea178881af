package io.laneway.spring;

import io.laneway.kafka.lane.LaneContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/**
 * An application as one writes it without lanes: for each order it produces one record. It fails at the first sight of
 * each order that begins with {@code x}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ShippingApplication {

    final List<String> handled = new CopyOnWriteArrayList<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final KafkaTemplate<String, String> kafka;
    private final String out;

    ShippingApplication(KafkaTemplate<String, String> kafka, @Value("${out:}") String out) {
        this.kafka = kafka;
        this.out = out;
    }

    @Bean
    static DefaultErrorHandler promptErrorHandler() {
        return new DefaultErrorHandler(new FixedBackOff(0, 5));
    }

    @KafkaListener(id = "one", topics = "${topic}", groupId = "${group}", autoStartup = "${one:true}")
    void one(ConsumerRecord<String, String> order) {
        failOnce(order.value());
        ship(order.value());
    }

    @KafkaListener(
            id = "many",
            topics = "${topic}",
            groupId = "${group}",
            batch = "true",
            autoStartup = "${many:false}")
    void many(List<ConsumerRecord<String, String>> orders) {
        orders.forEach(order -> failOnce(order.value()));
        orders.forEach(order -> ship(order.value()));
    }

    private void failOnce(String order) {
        if (order.startsWith("x") && failed.add(order)) {
            throw new IllegalStateException("the first time " + order + " fails");
        }
    }

    private void ship(String order) {
        handled.add(order + "@" + LaneContext.current());
        kafka.send(out, order);
    }
}
