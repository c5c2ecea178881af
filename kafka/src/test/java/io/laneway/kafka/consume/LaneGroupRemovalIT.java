package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.status.LaneGroupRemoval;
import io.laneway.kafka.status.MessagesStatus;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.router.source.LaneLeftovers.Leftover;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class LaneGroupRemovalIT {

    private final Broker broker = Broker.shared();
    private final String topic = "life-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();

    @Test
    void aLanesGroupGoesOnceItIsEmptyAndTheBaseHasTakenAllBack() {
        broker.topic(topic, 2);
        String slug = "f-" + UUID.randomUUID().toString().substring(0, 8);
        try (Admin admin = broker.admin();
                LaneGroupRemoval removal = new LaneGroupRemoval(broker.servers(), Map.of());
                Member base = member("", "base");
                Member lane = member(slug, "lane")) {
            await().atMost(Broker.patience()).until(() -> base.failure() == null && begun(admin, slug));
            List<Leftover> found = removal.find(Set.of(slug, "f-0"));
            assertThat(found)
                    .containsExactly(new Leftover(slug, "consumer group " + group + "_" + slug, "it has 1 members"));
            assertThat(removal.remove(found))
                    .singleElement()
                    .satisfies(one -> assertThat(one.obstacle()).isEqualTo("it has members again"));
            lane.stop();
            await().atMost(Broker.patience())
                    .until(() -> removal.find(Set.of(slug)).stream().allMatch(Leftover::removable));
            assertThat(removal.remove(removal.find(Set.of(slug)))).isEmpty();
            assertThat(removal.find(Set.of(slug))).isEmpty();
            assertThat(MessagesStatus.report(admin, topic, group))
                    .singleElement()
                    .satisfies(one -> assertThat(one.members()).isEqualTo(1));
        }
    }

    @Test
    void aPartitionThatIsAddedLaterIsTheLanesFromItsBeginning() throws Exception {
        broker.topic(topic, 1);
        try (Admin admin = broker.admin();
                Records records = new Records(broker);
                Member base = member("", "base");
                Member lane = member("f-1", "lane")) {
            await().atMost(Broker.patience()).until(() -> base.failure() == null && begun(admin, "f-1"));
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            await().atMost(Broker.patience())
                    .ignoreExceptions()
                    .until(() -> admin.describeTopics(List.of(topic))
                                    .allTopicNames()
                                    .get()
                                    .get(topic)
                                    .partitions()
                                    .size()
                            == 2);
            for (int i = 0; i < 10; i++) {
                records.send(topic, 1, "f-1").get();
            }
            Ledger.Place last = new Ledger.Place(new TopicPartition(topic, 1), 9);
            await().atMost(Broker.patience()).until(() -> !ledger.of(last).isEmpty());
            for (int offset = 0; offset < 10; offset++) {
                Ledger.Place place = new Ledger.Place(new TopicPartition(topic, 1), offset);
                assertThat(ledger.of(place)).allMatch(one -> one.side.equals(lane.side));
            }
        }
    }

    @Test
    void whatWouldCommitPastTheHandOverIsRefusedWithTheTopicsName() {
        broker.topic(topic, 1);
        try (Consumer<String, String> consumer = consumer(Map.of())) {
            consumer.subscribe(List.of(topic));
            assertThatThrownBy(consumer::groupMetadata)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("laneway.mode." + topic + "=BASE");
            assertThatThrownBy(() -> consumer.assign(List.of(new TopicPartition(topic, 0))))
                    .hasMessageContaining("expected: subscribe");
        }
        try (Consumer<String, String> consumer = consumer(Map.of("laneway.mode." + topic, "BASE"))) {
            consumer.subscribe(List.of(topic));
            assertThat(consumer.groupMetadata().groupId()).isEqualTo(group);
        }
    }

    @Test
    void anApplicationStartsWithoutAnyBroker() {
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 1000, "request.timeout.ms", 500);
        try (Consumer<String, String> consumer = consumer(nowhere)) {
            consumer.subscribe(List.of(topic));
            assertThat(consumer.poll(Duration.ofMillis(300)).isEmpty()).isTrue();
        }
    }

    private boolean begun(Admin admin, String slug) {
        return MessagesStatus.report(admin, topic, group).stream()
                .anyMatch(one -> one.lane().equals(slug)
                        && one.partitions().stream()
                                .allMatch(partition -> partition.watermark().startsWith("w=")));
    }

    private Member member(String lane, String name) {
        return new Member(broker, topic, group, lane, ledger, name, Map.of("metadata.max.age.ms", 500));
    }

    private Consumer<String, String> consumer(Map<String, ?> more) {
        Map<String, Object> properties = new HashMap<>(Member.properties(broker, group));
        properties.putAll(more);
        return LaneConsumers.create(properties, Map.of(), new StringDeserializer(), new StringDeserializer());
    }
}
