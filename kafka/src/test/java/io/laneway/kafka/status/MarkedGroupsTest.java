package io.laneway.kafka.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MarkedGroupsTest {

    private static Map<TopicPartition, OffsetAndMetadata> offset(String metadata) {
        return Map.of(new TopicPartition("order", 0), new OffsetAndMetadata(3, metadata));
    }

    @Test
    void marksSayWhichGroupsAreOfLanes() {
        MarkedGroups marked = MarkedGroups.of(
                Map.of(
                        "my_billing", offset("laneway1 f-1=3-"),
                        "my_billing_f-1", offset("laneway1 w=3/1"),
                        "my_billing_f-2", Map.of(),
                        "my_billing_gone", Map.of(),
                        "alone_f-1", offset("laneway1 w=3/1"),
                        "other", offset("an application's own"),
                        "other_f-1", offset(""),
                        "quiet", offset("laneway1")),
                Set.of("f-1", "f-2"));
        assertThat(marked.bases())
                .isEqualTo(Map.of(
                        "my_billing", Map.of("f-1", "my_billing_f-1", "f-2", "my_billing_f-2"),
                        "alone", Map.of("f-1", "alone_f-1"),
                        "quiet", Map.of()));
    }

    @Test
    void groupsOfTheTablesLanesComeFirstWhereThereAreTooMany() {
        Set<String> there = new TreeSet<>(Set.of("zeta", "zeta_f-1", "zeta_unknown"));
        for (int n = 0; n < KafkaMessageLanes.MOST_GROUPS; n++) {
            there.add("other-" + n);
        }
        assertThat(KafkaMessageLanes.chosen(there, Set.of("f-1")))
                .hasSize(KafkaMessageLanes.MOST_GROUPS)
                .startsWith("zeta", "zeta_f-1")
                .doesNotContain("zeta_unknown");
    }
}
