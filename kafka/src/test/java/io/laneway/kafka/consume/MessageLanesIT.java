package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.status.KafkaMessageLanes;
import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.router.source.MessageLanes.Group;
import io.laneway.router.source.MessageLanes.Handover;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** What a look at a real broker finds of groups that come, go, and are behind. */
class MessageLanesIT {

    private final Broker broker = Broker.shared();
    private final String topic = "order-" + UUID.randomUUID();
    private final String group = "billing-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();

    @Test
    void aLaneIsFollowedFromItsFirstMemberUntilTheBaseHasAllBack() {
        broker.topic(topic, 2);
        try (KafkaMessageLanes lanes = new KafkaMessageLanes(broker.servers(), Map.of());
                Records records = new Records(broker);
                Member base = member("", "base");
                Member lane = member("f-1", "lane")) {
            await().atMost(Broker.patience()).until(() -> base.failure() == null && at(lanes, Handover.LANE));
            Group ofLane = ours(lanes).get(1);
            assertThat(ofLane.group()).isEqualTo(group + "_f-1");
            assertThat(ofLane.topic()).isEqualTo(topic);
            assertThat(ofLane.members()).isEqualTo(1);
            assertThat(ofLane.partitions()).isEqualTo(2);
            lane.stop();
            await().atMost(Broker.patience()).until(() -> at(lanes, Handover.BASE));
            assertThat(ours(lanes).get(1).members()).isZero();
            base.stop();
            records.write(topic, 2, "", 7);
            Group ofBase = ours(lanes).get(0);
            assertThat(ofBase.lane()).isEmpty();
            assertThat(ofBase.handover()).isEmpty();
            assertThat(ofBase.lag() + ofBase.without()).as("%s", ofBase).isEqualTo(7);
        }
    }

    @Test
    void aBrokerThatIsNotThereIsSaid() {
        Map<String, String> hasty = Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500");
        try (KafkaMessageLanes lanes = new KafkaMessageLanes("127.0.0.1:1", hasty)) {
            assertThatThrownBy(() -> lanes.look(Set.of())).isInstanceOf(KafkaException.class);
        }
    }

    private boolean at(KafkaMessageLanes lanes, Handover handover) {
        List<Group> ours = ours(lanes);
        return ours.size() == 2 && ours.get(1).handover().equals(Map.of(handover, 2));
    }

    private List<Group> ours(KafkaMessageLanes lanes) {
        return lanes.look(Set.of()).groups().stream()
                .filter(one -> one.base().equals(group))
                .toList();
    }

    private Member member(String lane, String name) {
        return new Member(broker, topic, group, lane, ledger, name, Map.of("metadata.max.age.ms", 500));
    }
}
