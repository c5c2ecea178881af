package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.kafka.testkit.Records.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic gets more partitions; each side hears of them by its client's own refresh of metadata, and only that. */
class PartitionsAddedIT {

    private static final Map<String, ?> SOON = Map.of("metadata.max.age.ms", 300, "isolation.level", "read_committed");
    private static final Map<String, ?> LATER = Map.of("isolation.level", "read_committed");

    private final Broker broker = Broker.shared();
    private final String topic = "more-" + UUID.randomUUID();
    private final String group = "g-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();
    private final List<Member> members = new ArrayList<>();
    private final Records records = new Records(broker);

    @BeforeEach
    void makeTopic() {
        broker.topic(topic, 1);
    }

    @AfterEach
    void stop() {
        members.forEach(Member::close);
        records.close();
    }

    @Test
    void aLaneDoesNotWaitForTheBasesRefreshAndTheBaseKeepsOffItsRecordsLater() throws Exception {
        Member late = start("", LATER);
        start("f-1", SOON);
        awaitHandled(records.write(topic, 1, "f-1", 5), "f-1", "base");
        more(3);
        List<Written> own = records.write(topic, 3, "f-1", 30);
        List<Written> others = records.write(topic, 3, "", 30);
        awaitHandled(own, "f-1");
        late.stop();
        start("", SOON);
        awaitHandled(others, "base");
        awaitHandled(records.write(topic, 3, "f-1", 30), "f-1");
        assertThat(ledger.doubles()).isZero();
    }

    @Test
    void theBaseKeepsALanesRecordsForItUntilItsOwnRefresh() throws Exception {
        start("", SOON);
        Member lane = start("f-1", LATER);
        awaitHandled(records.write(topic, 1, "f-1", 5), "f-1", "base");
        more(3);
        awaitHandled(records.write(topic, 3, "", 30), "base");
        List<Written> own = records.write(topic, 3, "f-1", 30);
        awaitHandled(own.stream().filter(one -> one.partition() == 0).toList(), "f-1");
        lane.stop();
        start("f-1", SOON);
        awaitHandled(own, "f-1", "base");
        assertThat(ledger.committedTwice()).isEmpty();
    }

    private void more(int partitions) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
            await().atMost(Broker.patience())
                    .until(() -> admin.describeTopics(List.of(topic))
                                    .allTopicNames()
                                    .get()
                                    .get(topic)
                                    .partitions()
                                    .size()
                            == partitions);
        }
    }

    private Member start(String lane, Map<String, ?> more) {
        String name = (lane.isEmpty() ? "base" : lane) + "#" + members.size();
        Member member = new Member(broker, topic, group, lane, ledger, name, more);
        members.add(member);
        return member;
    }

    private void awaitHandled(List<Written> written, String... sides) {
        await().atMost(Broker.patience())
                .untilAsserted(() -> assertThat(written).allSatisfy(one -> {
                    Ledger.Place place = new Ledger.Place(new TopicPartition(topic, one.partition()), one.offset());
                    assertThat(ledger.of(place))
                            .isNotEmpty()
                            .allSatisfy(handling -> assertThat(handling.side).isIn((Object[]) sides));
                }));
    }
}
