package io.laneway.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.testkit.Broker;
import io.laneway.kafka.testkit.Records;
import io.laneway.kafka.testkit.Records.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneConsumerIT {

    private static final int PARTITIONS = 3;

    private final Broker broker = Broker.shared();
    private final String topic = "order-" + UUID.randomUUID();
    private final String group = "billing-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger();
    private final List<Member> members = new ArrayList<>();
    private final Records records = new Records(broker);

    @BeforeEach
    void makeTopic() {
        broker.topic(topic, PARTITIONS);
    }

    @AfterEach
    void stop() {
        members.forEach(Member::close);
        records.close();
    }

    @Test
    void theBaseHandlesALanesRecordsWhileTheLaneHasNoConsumer() {
        start("");
        awaitAll(records.write(topic, PARTITIONS, "f-1", 30), "base");
    }

    @Test
    void aLiveLaneHandlesItsOwnRecordsAndNobodyElseDoes() {
        start("");
        awaitAll(records.write(topic, PARTITIONS, "f-1", 30), "base");
        start("f-1");
        awaitYielded("f-1");
        List<Written> own = records.write(topic, PARTITIONS, "f-1", 300);
        List<Written> others = records.write(topic, PARTITIONS, "", 300);
        List<Written> strangers = records.write(topic, PARTITIONS, "f-2", 300);
        awaitAll(own, "f-1");
        awaitAll(others, "base");
        awaitAll(strangers, "base");
        assertThat(ledger.doubles()).isZero();
    }

    @Test
    void theBaseReadsAgainWhatALaneLeft() {
        start("");
        Member lane = start("f-1");
        awaitYielded("f-1");
        awaitAll(records.write(topic, PARTITIONS, "f-1", 60), "f-1");
        lane.kill();
        List<Written> left = records.write(topic, PARTITIONS, "f-1", 60);
        List<Written> others = records.write(topic, PARTITIONS, "", 60);
        awaitAll(left, "base");
        awaitAll(others, "base");
        assertThat(ledger.committedTwice()).isEmpty();
    }

    @Test
    void aLaneThatComesBackGoesOnAfterWhatTheBaseDidMeanwhile() {
        start("");
        start("f-1").stop();
        awaitAll(records.write(topic, PARTITIONS, "f-1", 60), "base");
        start("f-1");
        awaitYielded("f-1");
        awaitAll(records.write(topic, PARTITIONS, "f-1", 60), "f-1");
        assertThat(ledger.doubles()).isZero();
    }

    @Test
    void aLaneWithoutAnyBaseMemberBeginsAtTheEndAndTheBaseKeepsOffItsRecords() {
        List<Written> before = records.write(topic, PARTITIONS, "f-1", 30);
        start("f-1");
        awaitCommitted(group + "_f-1");
        List<Written> after = records.write(topic, PARTITIONS, "f-1", 30);
        awaitAll(after, "f-1");
        start("");
        awaitAll(before, "base");
        awaitAll(records.write(topic, PARTITIONS, "", 30), "base");
        assertThat(ledger.doubles()).isZero();
    }

    @Test
    void aLaneReadsWhatRetentionLeftOfItsRecordsWhateverTheClientsResetWouldDo() throws Exception {
        Map<String, String> latest = Map.of("auto.offset.reset", "latest");
        Member first = start("f-1", latest);
        awaitCommitted(group + "_f-1");
        first.kill();
        List<Written> written = records.write(topic, PARTITIONS, "f-1", PARTITIONS * 10);
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, RecordsToDelete> oldest = new HashMap<>();
            written.forEach(
                    one -> oldest.put(new TopicPartition(topic, one.partition()), RecordsToDelete.beforeOffset(4)));
            admin.deleteRecords(oldest).all().get();
        }
        start("f-1", latest);
        awaitAll(written.stream().filter(one -> one.offset() >= 4).toList(), "f-1");
    }

    @Test
    void theBasesLagIsNoneOverATopicFullOfSkippedRecords() throws Exception {
        start("");
        start("f-1");
        awaitYielded("f-1");
        awaitAll(records.write(topic, PARTITIONS, "f-1", 3000), "f-1");
        try (Admin admin = broker.admin()) {
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThat(lag(admin, group)).isZero());
        }
    }

    private Member start(String lane) {
        return start(lane, Map.of());
    }

    private Member start(String lane, Map<String, String> more) {
        Member member = new Member(
                broker, topic, group, lane, ledger, (lane.isEmpty() ? "base" : lane) + "#" + members.size(), more);
        members.add(member);
        return member;
    }

    private void awaitAll(List<Written> written, String side) {
        await().atMost(Broker.patience())
                .untilAsserted(() -> assertThat(written).allSatisfy(one -> {
                    Ledger.Place place = new Ledger.Place(new TopicPartition(topic, one.partition()), one.offset());
                    assertThat(ledger.of(place)).isNotEmpty().allMatch(handling -> handling.side.equals(side));
                }));
    }

    private void awaitYielded(String slug) {
        try (Admin admin = broker.admin()) {
            await().atMost(Broker.patience()).untilAsserted(() -> {
                assertThat(offsets(admin, group))
                        .hasSize(PARTITIONS)
                        .values()
                        .allMatch(offset -> offset.metadata().matches("(?s).*" + slug + "=[0-9,-]*-(;.*|\n.*)?"));
                assertThat(offsets(admin, group + "_" + slug)).hasSize(PARTITIONS);
            });
        }
    }

    private void awaitCommitted(String ofGroup) {
        try (Admin admin = broker.admin()) {
            await().atMost(Broker.patience())
                    .untilAsserted(() -> assertThat(offsets(admin, ofGroup)).hasSize(PARTITIONS));
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin, String ofGroup) throws Exception {
        return admin.listConsumerGroupOffsets(ofGroup)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private static long lag(Admin admin, String ofGroup) throws Exception {
        long lag = 0;
        for (var committed : offsets(admin, ofGroup).entrySet()) {
            long end = admin.listOffsets(Map.of(committed.getKey(), OffsetSpec.latest()))
                    .partitionResult(committed.getKey())
                    .get()
                    .offset();
            lag += end - committed.getValue().offset();
        }
        return lag;
    }
}
