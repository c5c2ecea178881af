package io.laneway.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.kafka.status.MessagesStatus;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

class LaneConsumerFactoryIT {

    private final Broker broker = Broker.shared();
    private final String topic = "spring-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();

    @Test
    void containersOfTheBaseAndOfALaneShareATopicAndTheBaseKeepsUpOverWhatItSkips() {
        broker.topic(topic, 2);
        List<String> base = new CopyOnWriteArrayList<>();
        List<String> lane = new CopyOnWriteArrayList<>();
        var ofBase = container("", base);
        var ofLane = container("f-1", lane);
        try (Records records = new Records(broker);
                Admin admin = broker.admin()) {
            ofBase.start();
            ofLane.start();
            await().atMost(Broker.patience()).until(() -> yielded(admin));
            records.write(topic, 2, "f-1", 20);
            records.write(topic, 2, "", 20);
            records.write(topic, 2, "f-1", 20);
            await().atMost(Broker.patience()).until(() -> lane.size() == 40 && base.size() == 20);
            assertThat(lane).containsOnly("f-1");
            assertThat(base).containsOnly("null");
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThat(MessagesStatus.report(admin, topic, group))
                            .allMatch(one -> one.lag() == 0 && one.members() == 1));
        } finally {
            ofLane.stop();
            ofBase.stop();
        }
    }

    private boolean yielded(Admin admin) {
        List<MessagesStatus.Group> groups = MessagesStatus.report(admin, topic, group);
        return groups.size() == 2
                && groups.stream()
                        .flatMap(one -> one.partitions().stream())
                        .noneMatch(partition -> partition.watermark().isEmpty());
    }

    private ConcurrentMessageListenerContainer<String, String> container(String lane, List<String> seen) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.servers(),
                "group.id",
                group,
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class,
                "auto.offset.reset",
                "earliest",
                "laneway.watch.interval",
                "200ms",
                "laneway.lane",
                lane));
        ContainerProperties settings = new ContainerProperties(topic);
        settings.setMessageListener(
                (MessageListener<String, String>) record -> seen.add(String.valueOf(LaneContext.current())));
        var container =
                new ConcurrentMessageListenerContainer<>(new LaneConsumerFactory<String, String>(properties), settings);
        container.setRecordInterceptor(new LaneRecordInterceptor<>());
        return container;
    }
}
