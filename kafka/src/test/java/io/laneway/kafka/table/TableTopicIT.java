package io.laneway.kafka.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.testkit.Broker;
import io.laneway.router.codec.DeltaForm;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableTopicIT {

    private static final int CONSUMERS = Integer.getInteger("laneway.table.consumers", 20);
    private static final int REVISIONS = Integer.getInteger("laneway.table.revisions", 100);

    private final Broker broker = Broker.shared();
    private final TableTopic topic =
            new TableTopic(broker.servers(), "table-" + UUID.randomUUID(), Map.of("reconnect.backoff.max.ms", "500"));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void manyConsumersEndOnTheSameTableAlthoughTheBrokerRestarts() throws Exception {
        KafkaTablePublisher publisher = publisher();
        LaneTable table = begin(publisher);
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            followers.add(follow());
        }
        for (int revision = 2; revision <= REVISIONS; revision++) {
            if (revision == REVISIONS / 2) {
                broker.kill();
                broker.start();
            }
            table = next(publisher, table);
        }
        String hash = Follower.hash(table);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(followers)
                        .allMatch(follower -> follower.table.revision() == REVISIONS)
                        .noneMatch(follower -> follower.gap));
        assertThat(followers).allMatch(follower -> Follower.hash(follower.table).equals(hash));
        assertThat(Follower.hash(lateComer())).isEqualTo(hash);
        System.out.printf(
                "table: %d consumers, %d revisions, broker killed once, hash %s%n", CONSUMERS, REVISIONS, hash);
    }

    @Test
    void aSnapshotOfSeveralChunksIsReadWhole() throws Exception {
        KafkaTablePublisher publisher = publisher();
        get(publisher.position("s1"));
        LaneTable large = table(1, 30_000);
        get(publisher.snapshot("s1", large));
        Follower follower = follow();
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == 1);
        assertThat(Follower.hash(follower.table)).isEqualTo(Follower.hash(large));
        assertThat(get(publisher().position("s1"))).isEqualTo(1);
    }

    @Test
    void anotherPublisherOfTheStoreGoesOnWhereTheTopicEndsAndFencesTheFirst() throws Exception {
        KafkaTablePublisher first = publisher();
        LaneTable table = next(first, begin(first));
        KafkaTablePublisher second = publisher();
        assertThat(get(second.position("s1"))).isEqualTo(2);
        LaneTable third = next(second, table);
        assertThatThrownBy(() -> get(first.delta("s1", delta(table)))).isNotNull();
        Follower follower = follow();
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == 3);
        assertThat(Follower.hash(follower.table)).isEqualTo(Follower.hash(third));
    }

    @Test
    void aBrokenRecordChangesNothingAndIsToldAndTheNextSnapshotHeals() throws Exception {
        KafkaTablePublisher publisher = publisher();
        LaneTable table = begin(publisher);
        Follower follower = follow();
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == 1);
        write(TableRecord.delta("s1", 2, "{\"from\": \"x\"}".getBytes(UTF_8)));
        await().atMost(Broker.patience()).until(() -> !follower.problems.isEmpty());
        assertThat(follower.table).isEqualTo(table);
        get(publisher.snapshot("s1", table(3, 3)));
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == 3);
        assertThat(follower.gap).isFalse();
    }

    @Test
    void aGapChangesNothingAndIsTold() throws Exception {
        KafkaTablePublisher publisher = publisher();
        LaneTable table = begin(publisher);
        Follower follower = follow();
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == 1);
        TableDelta later = new TableDelta(4, 5, List.of(new TableChange.PutLane(Lane.named("f-5"))));
        write(TableRecord.delta("s1", 5, DeltaForm.json(later)));
        await().atMost(Broker.patience()).until(() -> !follower.problems.isEmpty());
        assertThat(follower.table).isEqualTo(table);
        assertThat(follower.problems.get(0).toString()).contains("a delta from 4 to 5 after 1");
    }

    @Test
    void saysSoWhenNoBrokerIsReachable() {
        Follower follower = new Follower();
        KafkaTableSource source = new KafkaTableSource(
                new TableTopic("127.0.0.1:1", "t", Map.of("default.api.timeout.ms", "1000")), new Random(1));
        open.add(source);
        source.start(follower);
        await().atMost(Broker.patience()).until(() -> !follower.connections.isEmpty());
        assertThat(follower.connections.get(0)).startsWith("false kafka t at 127.0.0.1:1");
        assertThat(follower.snapshots).isZero();
    }

    @Test
    void aTimeoutThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new TableTopic("127.0.0.1:1", "t", Map.of("default.api.timeout.ms", "1s")))
                .hasMessage("kafka: default.api.timeout.ms: 1s (expected: milliseconds, >= 1)");
        assertThat(topic.patience()).isEqualTo(Duration.ofSeconds(10));
    }

    private KafkaTablePublisher publisher() {
        KafkaTablePublisher publisher = new KafkaTablePublisher(topic);
        open.add(publisher);
        return publisher;
    }

    private Follower follow() {
        Follower follower = new Follower();
        KafkaTableSource source = new KafkaTableSource(topic, new Random(1));
        open.add(source);
        source.start(follower);
        return follower;
    }

    private LaneTable lateComer() {
        Follower follower = follow();
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == REVISIONS);
        return follower.table;
    }

    private static LaneTable begin(KafkaTablePublisher publisher) throws Exception {
        assertThat(get(publisher.position("s1"))).isZero();
        LaneTable table = table(1, 1);
        get(publisher.snapshot("s1", table));
        return table;
    }

    /** Publishes one revision as the control API does: after a failure on from where the topic ends. */
    private static LaneTable next(KafkaTablePublisher publisher, LaneTable table) {
        TableDelta delta = delta(table);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try {
                get(publisher.delta("s1", delta));
                return true;
            } catch (Exception e) {
                return get(publisher.position("s1")) == delta.revision();
            }
        });
        return delta.applyTo(table).orElseThrow(IllegalStateException::new);
    }

    private static TableDelta delta(LaneTable table) {
        long next = table.revision() + 1;
        Lane lane = Lane.named("f-" + next % 50);
        return new TableDelta(table.revision(), next, List.of(new TableChange.PutLane(described(lane, "at " + next))));
    }

    private static Lane described(Lane lane, String text) {
        return new Lane(lane.name(), null, LaneMode.PERMISSIVE, text, null, false, LaneState.ACTIVE);
    }

    private static LaneTable table(long revision, int lanes) {
        List<Lane> all = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            all.add(described(Lane.named("l-" + i), "a lane that has something to say about itself"));
        }
        LaneTable empty = LaneTable.EMPTY;
        return new LaneTable(revision, empty.base(), empty.carriers(), all, List.of(), List.of(), List.of());
    }

    private void write(TableRecord record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(topic.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> raw = record.toProducer(topic.topic());
            producer.send(raw).get(10, TimeUnit.SECONDS);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
    }
}
