package io.laneway.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.kafka.testkit.Broker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.TopicPartition;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

class StartCheckIT {

    private static final String MODE = "spring.kafka.consumer.properties.laneway.mode.";

    private final String topic = "order-" + UUID.randomUUID();

    @Test
    void transactionsInAutoEndTheStartWithOneErrorThatNamesListenersTopicAndSetting() {
        assertThatThrownBy(() -> transactional())
                .rootCause()
                .isInstanceOf(ListenersRefused.class)
                .hasMessage("listener one: Kafka transactions on [" + topic + "] with laneway.mode AUTO"
                        + " (expected: laneway.mode." + topic
                        + "=BASE, or a container factory without a transaction manager)\n"
                        + "listener many: Kafka transactions on [" + topic + "] with laneway.mode AUTO"
                        + " (expected: laneway.mode." + topic
                        + "=BASE, or a container factory without a transaction manager)");
    }

    @Test
    void transactionsOfTopicsThatAreTheBasesAloneStartInTheBaseAndInLanes() {
        Broker.shared().topic(topic, 1);
        for (String lane : new String[] {"", "f-1"}) {
            try (var application = transactional(MODE + topic, "BASE", "spring.kafka.properties.laneway.lane", lane)) {
                assertThat(application
                                .getBean(KafkaListenerEndpointRegistry.class)
                                .getListenerContainer("one")
                                .isRunning())
                        .isTrue();
            }
        }
    }

    @Test
    void partitionsAssignedByHandInAutoEndTheStart() {
        assertThatThrownBy(() -> Applications.start(WebApplicationType.NONE, ByHand.class, "topic", topic))
                .rootCause()
                .isInstanceOf(ListenersRefused.class)
                .hasMessageStartingWith("listener hand: partitions of [" + topic + "] assigned by hand");
    }

    @Test
    void theFailureIsSaidWithoutAStackTrace() {
        FailureAnalysis analysis =
                new ListenersRefusedAnalyzer().analyze(new ListenersRefused(List.of("listener one: wrong")));
        assertThat(analysis.getDescription()).isEqualTo("listener one: wrong");
        assertThat(analysis.getAction()).contains("laneway.mode.TOPIC=BASE");
    }

    private ConfigurableApplicationContext transactional(String... pairs) {
        List<String> all = new ArrayList<>(List.of(
                "topic", topic, "group", "g-" + topic, "spring.kafka.producer.transaction-id-prefix", "tx-" + topic));
        all.addAll(List.of(pairs));
        return Applications.start(WebApplicationType.NONE, ShippingApplication.class, all.toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ByHand {

        @KafkaListener(
                id = "hand",
                groupId = "g",
                topicPartitions = @TopicPartition(topic = "${topic}", partitions = "0"))
        void hand(String order) {
            throw new AssertionError("not started, so it gets no order: " + order);
        }
    }
}
