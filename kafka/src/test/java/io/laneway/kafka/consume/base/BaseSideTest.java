package io.laneway.kafka.consume.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.consume.side.Pauses;
import io.laneway.kafka.consume.side.Side;
import io.laneway.kafka.handover.GroupLook;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.metrics.MemberStats;
import io.laneway.kafka.metrics.MessageStats;
import io.laneway.kafka.watch.Groups;
import io.laneway.kafka.watch.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BaseSideTest {

    private static final TopicPartition KEPT = new TopicPartition("t", 0);
    private static final TopicPartition LOST = new TopicPartition("t", 1);

    @Test
    void whatIsAcknowledgedOfALostPartitionIsNotCommittedOverItsNewOwnersMarks() {
        try (Groups groups = new Groups(Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1")), "g")) {
            MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
            consumer.subscribe(List.of("t"));
            consumer.rebalance(List.of(KEPT, LOST));
            consumer.updateBeginningOffsets(Map.of(KEPT, 0L, LOST, 0L));
            LaneSettings settings = LaneSettings.of(Map.of("laneway.mode", "BASE"), Map.of());
            Watch<GroupLook> watch = new Watch<>("test", Duration.ofSeconds(1), () -> GroupLook.EMPTY);
            MemberStats stats = new MessageStats().join("g", MessageStats.BASE);
            BaseSide<String, String> side = new BaseSide<>(
                    consumer,
                    settings,
                    new Pauses(consumer),
                    watch,
                    new ProgressWriter(groups, "g"),
                    new Rereader<>(() -> consumer, new LaneSlugs(settings.header()), stats),
                    stats);
            side.assigned(List.of(KEPT, LOST));
            side.step();

            consumer.rebalance(List.of(KEPT));
            side.removed(List.of(LOST));
            Side.Commit commit = side.acknowledge(
                    Map.of(KEPT, new OffsetAndMetadata(7, "mine"), LOST, new OffsetAndMetadata(3, "mine")));

            assertThat(commit.offsets()).containsOnlyKeys(KEPT);
            assertThat(commit.offsets().get(KEPT).offset()).isEqualTo(7);
        }
    }
}
