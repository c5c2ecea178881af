package io.laneway.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.spring.LaneConsumerFactory;
import io.laneway.kafka.status.MessagesStatus;
import io.laneway.kafka.testkit.Broker;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.ConsumerFactory;

/** An application on Spring Boot with the starter and nothing else, in the base and in a lane. */
class MessageLanesIT {

    private final Broker broker = Broker.shared();
    private final String topic = "order-" + UUID.randomUUID();
    private final String out = "shipped-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();

    @BeforeEach
    void makeTopics() {
        broker.topic(topic, 1);
        broker.topic(out, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "many"})
    void listenersOfBaseAndLaneShareATopicAndWhatTheyProduceKeepsTheLane(String listener) {
        try (var base = application("", listener);
                var lane = application("f-1", listener);
                Admin admin = broker.admin();
                Reader shipped = new Reader(out)) {
            await().atMost(Broker.patience()).until(() -> yielded(admin));
            order("a", null, null);
            order("b", "f-1", null);
            order("xc", "f-1", null);
            order("xd", null, null);
            order("e", null, "user=7,trace-branch=f-1;p=1");
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThat(shipped.read())
                            .containsExactlyInAnyOrder("a@", "b@f-1", "xc@f-1", "xd@", "e@f-1"));
            assertThat(of(base).handled).containsExactly("a@null", "xd@null");
            assertThat(of(lane).handled).containsExactly("b@f-1", "xc@f-1", "e@f-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "many"})
    void theBaseHandlesALanesRecordsInThatLaneAlsoWhenTheyAreHandledAgain(String listener) {
        order("xa", "f-2", null);
        try (var base = application("", listener);
                Reader shipped = new Reader(out)) {
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThat(shipped.read()).containsExactly("xa@f-2"));
            order("b", null, null);
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThat(shipped.read()).containsExactly("xa@f-2", "b@"));
            assertThat(of(base).handled).containsExactly("xa@f-2", "b@null");
        }
    }

    @Test
    void withoutLanesNothingIsReplaced() {
        try (var plain = Applications.start(
                WebApplicationType.NONE,
                ShippingApplication.class,
                "topic",
                topic,
                "group",
                group,
                "one",
                "false",
                "laneway.messages.enabled",
                "false")) {
            assertThat(plain.getBean(ConsumerFactory.class)).isNotInstanceOf(LaneConsumerFactory.class);
        }
    }

    private ConfigurableApplicationContext application(String lane, String listener) {
        return Applications.start(
                WebApplicationType.NONE,
                ShippingApplication.class,
                "topic",
                topic,
                "out",
                out,
                "group",
                group,
                "spring.kafka.properties.laneway.lane",
                lane,
                // So that a record's lane comes from the work alone, and not from the process.
                "spring.kafka.producer.properties.laneway.lane",
                "",
                "spring.kafka.producer.properties.laneway.topics",
                "shipped-*",
                "one",
                String.valueOf(listener.equals("one")),
                "many",
                String.valueOf(listener.equals("many")));
    }

    private static ShippingApplication of(ConfigurableApplicationContext application) {
        return application.getBean(ShippingApplication.class);
    }

    private boolean yielded(Admin admin) {
        var groups = MessagesStatus.report(admin, topic, group);
        return groups.size() == 2
                && groups.stream()
                        .flatMap(one -> one.partitions().stream())
                        .noneMatch(partition -> partition.watermark().isEmpty());
    }

    private void order(String value, String lane, String baggage) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, value);
        if (lane != null) {
            record.headers().add("trace-branch", lane.getBytes(UTF_8));
        }
        if (baggage != null) {
            record.headers().add("baggage", baggage.getBytes(UTF_8));
        }
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.servers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(record);
        }
    }
}
