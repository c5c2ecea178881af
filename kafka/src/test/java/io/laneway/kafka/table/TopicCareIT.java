package io.laneway.kafka.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.kafka.testkit.Broker;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a table's topic, and tables that are large: the publisher notices, and new readers get the table. */
class TopicCareIT {

    private static final String STORE = "s1";

    private final Broker broker = Broker.shared();
    private final String name = "care-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void aDeltaAboveTheLargestRequestBecomesASnapshotInChunks() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of());
        Follower follower = follow();
        LaneTable large = deltaOf(publisher, table(1, 1), 1_600_000);
        deltaOf(publisher, large, 100);
        awaitRevision(follower, 3);
        awaitRevision(follow(), 3);
        assertThat(get(newPublisher(Map.of()).position(STORE))).isEqualTo(3);
    }

    @Test
    void chunksFitIntoWhatClientAndTopicAllow() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of("max.request.size", "65536"));
        LaneTable second = deltaOf(publisher, table(1, 1), 200_000);
        set("max.message.bytes", "20000");
        assertThatThrownBy(() -> deltaOf(publisher, second, 60_000)).hasMessageContaining("RecordTooLarge");
        awaitPublished(publisher, second, 30_000);
        awaitRevision(follow(), 3);
    }

    @Test
    void aTopicThatIsDeletedGetsTheTableAgainAndSoDoOldAndNewReaders() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of());
        LaneTable second = deltaOf(publisher, table(1, 1), 100);
        Follower old = follow();
        awaitRevision(old, 2);
        assertThat(get(publisher.verify(STORE, 2))).isEqualTo(2);
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(Broker.patience())
                    .until(() -> !admin.listTopics().names().get().contains(name));
        }
        assertThat(published(publisher, 2)).isZero();
        get(publisher.snapshot(STORE, second));
        deltaOf(publisher, second, 100);
        awaitRevision(follow(), 3);
        awaitRevision(old, 3);
    }

    @Test
    void aTopicThatAnotherMadeAnewIsFilledAgain() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of());
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(Broker.patience()).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
        assertThat(published(publisher, 1)).isZero();
        get(publisher.snapshot(STORE, table(1, 1)));
        awaitRevision(follow(), 1);
        assertThat(policy()).isEqualTo("compact");
    }

    @Test
    void aPolicyThatRemovesIsPutRight() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of());
        set("cleanup.policy", "compact,delete");
        assertThat(published(publisher, 1)).isEqualTo(1);
        await().atMost(Broker.patience())
                .untilAsserted(() -> assertThat(policy()).isEqualTo("compact"));
    }

    @Test
    void aSnapshotThatIsGoneIsPublishedAgain() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of());
        LaneTable second = deltaOf(publisher, table(1, 1), 100);
        set("cleanup.policy", "delete");
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(topic(Map.of()).partition(), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }
        assertThat(published(publisher, 2)).isZero();
        get(publisher.snapshot(STORE, second));
        awaitRevision(follow(), 2);
        assertThat(published(publisher, 2)).isEqualTo(2);
    }

    @Test
    void aSnapshotThatAnotherRemovedIsPublishedAgainBeforeCompactionFollows() throws Exception {
        KafkaTablePublisher publisher = begin(Map.of());
        TableRecord removed = TableRecord.removed(TableRecord.Kind.SNAPSHOT, 0, STORE);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                topic(Map.of()).client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(removed.toProducer(name)).get(10, TimeUnit.SECONDS);
        }
        assertThat(published(publisher, 1)).isZero();
        get(publisher.snapshot(STORE, table(1, 1)));
        assertThat(published(publisher, 1)).isEqualTo(1);
    }

    @Test
    void aLimitThatHoldsNoRecordIsRefused() {
        assertThatThrownBy(() -> topic(Map.of("max.request.size", "1000")))
                .hasMessage("kafka: max.request.size: 1000 (expected: bytes, >= 16384)");
    }

    private TableTopic topic(Map<String, String> properties) {
        return new TableTopic(broker.servers(), name, properties);
    }

    private KafkaTablePublisher newPublisher(Map<String, String> properties) {
        KafkaTablePublisher publisher = new KafkaTablePublisher(topic(properties));
        open.add(publisher);
        return publisher;
    }

    private KafkaTablePublisher begin(Map<String, String> properties) throws Exception {
        KafkaTablePublisher publisher = newPublisher(properties);
        assertThat(get(publisher.position(STORE))).isZero();
        get(publisher.snapshot(STORE, table(1, 1)));
        return publisher;
    }

    private Follower follow() {
        Follower follower = new Follower();
        KafkaTableSource source = new KafkaTableSource(topic(Map.of()), new Random(1));
        open.add(source);
        source.start(follower);
        return follower;
    }

    private static void awaitRevision(Follower follower, long revision) {
        await().atMost(Broker.patience()).until(() -> follower.table.revision() == revision);
    }

    /** Where the publisher continues, as its user asks: again after a failure. */
    private static long published(KafkaTablePublisher publisher, long position) {
        long[] at = {-1};
        await().atMost(Broker.patience()).ignoreExceptions().until(() -> {
            at[0] = get(publisher.verify(STORE, position));
            return true;
        });
        return at[0];
    }

    private static void awaitPublished(KafkaTablePublisher publisher, LaneTable from, int size) {
        await().atMost(Broker.patience()).ignoreExceptions().until(() -> {
            get(publisher.position(STORE));
            deltaOf(publisher, from, size);
            return true;
        });
    }

    private static LaneTable deltaOf(KafkaTablePublisher publisher, LaneTable from, int size) throws Exception {
        long next = from.revision() + 1;
        List<TableChange> changes = new ArrayList<>();
        for (int i = 0; i * 1000 < size; i++) {
            changes.add(new TableChange.PutLane(lane("f-" + next + "-" + i)));
        }
        TableDelta delta = new TableDelta(from.revision(), next, changes);
        get(publisher.delta(STORE, delta));
        return delta.applyTo(from).orElseThrow(IllegalStateException::new);
    }

    private static Lane lane(String lane) {
        return new Lane(lane, null, LaneMode.PERMISSIVE, "x".repeat(1000), null, false, LaneState.ACTIVE);
    }

    private static LaneTable table(long revision, int lanes) {
        List<Lane> all = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            all.add(lane("l-" + i));
        }
        LaneTable empty = LaneTable.EMPTY;
        return new LaneTable(revision, empty.base(), empty.carriers(), all, List.of(), List.of(), List.of());
    }

    private void set(String key, String value) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            resource(),
                            List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            await().atMost(Broker.patience())
                    .until(() -> value.equals(admin.describeConfigs(List.of(resource()))
                            .all()
                            .get()
                            .get(resource())
                            .get(key)
                            .value()));
        }
    }

    private String policy() throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.describeConfigs(List.of(resource()))
                    .all()
                    .get()
                    .get(resource())
                    .get("cleanup.policy")
                    .value();
        }
    }

    private ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
