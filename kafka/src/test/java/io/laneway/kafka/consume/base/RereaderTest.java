package io.laneway.kafka.consume.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.consume.side.LaneSlugs;
import io.laneway.kafka.handover.BaseMark;
import io.laneway.kafka.handover.BasePartition;
import io.laneway.kafka.handover.Deliveries;
import io.laneway.kafka.handover.GroupLook;
import io.laneway.kafka.handover.LaneMark;
import io.laneway.kafka.handover.LaneOffset;
import io.laneway.kafka.lane.LaneSettings;
import io.laneway.kafka.metrics.MemberStats;
import io.laneway.kafka.metrics.MessageStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class RereaderTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final LaneSlugs slugs =
            new LaneSlugs(LaneSettings.of(Map.of(), Map.of()).header());
    private final MemberStats stats = new MessageStats().join("g", MessageStats.BASE);

    /** The partition is revoked by a poll of the own stream, between the step that asked to read again and the reading. */
    @Test
    void readsNothingOnceItsLastPartitionIsAnotherMembers() {
        try (KafkaConsumer<String, String> real = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:1"), new StringDeserializer(), new StringDeserializer())) {
            MockConsumer<String, String> client = new MockConsumer<>("earliest") {
                @Override
                public synchronized ConsumerRecords<String, String> poll(Duration timeout) {
                    return assignment().isEmpty() ? real.poll(timeout) : super.poll(timeout);
                }
            };
            client.updateBeginningOffsets(Map.of(PARTITION, 0L));
            try (Rereader<String, String> rereader = new Rereader<>(() -> client, slugs, stats)) {
                rereader.read(List.of(owed()));
                assertThat(rereader.active()).isTrue();
                assertThat(client.assignment()).containsExactly(PARTITION);

                rereader.forget(Set.of(PARTITION));

                assertThat(rereader.poll(Duration.ZERO)).isEmpty();
                assertThat(rereader.active()).isFalse();
            }
        }
    }

    /** A lane had [3, 5) and left, the own stream is at 10. */
    private BaseHold owed() {
        BasePartition protocol = new BasePartition(PARTITION, BaseMark.decode("laneway1 f-1=3-!"), false, 1_000, 4096);
        protocol.look(GroupLook.EMPTY, 10, 0);
        protocol.answered("f-1", false, new LaneOffset(5, LaneMark.begun(3, 1, "")), 10);
        return new BaseHold(PARTITION, protocol, new Deliveries(10, 10), 0, "", slugs);
    }
}
