package io.laneway.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.Rows.Commit;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.store.database.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlStoreTest {

    private static final ObjectKey LANE = new ObjectKey("lane", "f-1");

    @TempDir
    Path directory;

    private ControlStore store;

    private ControlStore open(String kind) {
        StoreConfig config = kind.equals("sqlite") ? new StoreConfig.Sqlite(directory) : Postgres.fresh();
        store = ControlStore.open(config, Clock.systemUTC());
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    static Commit commit(long from, String body, ResponseRow response) {
        long to = from + 1;
        return new Commit(
                from,
                new PublishedRow(to, "edit", "[" + to + "]"),
                new HistoryRow(to, 1_000 * to, "ada", "127.0.0.1", "why", "put", "lane f-1", "", "[]", "[]"),
                List.of(new ObjectRow(LANE, to, to, "", body)),
                List.of(),
                to % 2 == 0 ? "whole " + to : null,
                List.of(),
                response,
                List.of(),
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void keepsWhatWasCommittedWithItsHistory(String kind) {
        open(kind);

        assertThat(store.commit(commit(0, "one", null))).isTrue();
        assertThat(store.commit(commit(1, "two", null))).isTrue();

        assertThat(store.load().revision()).isEqualTo(2);
        assertThat(store.load().edited()).isEqualTo(2);
        assertThat(store.load().objects())
                .as("an object keeps its place")
                .containsExactly(new ObjectRow(LANE, 1, 2, "", "two"));
        assertThat(store.history().newest(Long.MAX_VALUE, 10))
                .extracting(HistoryRow::revision)
                .containsExactly(2L, 1L);
        assertThat(store.history().snapshotUpTo(5))
                .map(HistoryRows.Snapshot::body)
                .contains("whole 2");
        assertThat(store.publishedAfter(1, 10)).containsExactly(new PublishedRow(2, "edit", "[2]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void refusesACommitThatDoesNotStandOnTheNewestRevision(String kind) {
        open(kind);
        store.commit(commit(0, "one", null));

        assertThat(store.commit(commit(0, "late", null))).isFalse();

        assertThat(store.load().objects()).extracting(ObjectRow::body).containsExactly("one");
        assertThat(store.history().newest(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void remembersTheAnswerOfACallWithTheRevisionInOneTransaction(String kind) {
        open(kind);
        store.commit(commit(0, "one", new ResponseRow("ada", "k1", "hash", 5, 1, 201, "\"1\"", "{}")));

        assertThat(store.response("ada", "k1"))
                .contains(new ResponseRow("ada", "k1", "hash", 5, 1, 201, "\"1\"", "{}"));
        assertThat(store.response("bob", "k1")).isEmpty();
        store.side().forgetResponses(6);
        assertThat(store.response("ada", "k1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aLeaseHasOneHolderUntilItEnds(String kind) {
        open(kind);
        assertThat(store.side().lease("sweep", "a", Duration.ofMinutes(1))).isTrue();
        assertThat(store.side().lease("sweep", "b", Duration.ofMinutes(1))).isFalse();
        assertThat(store.side().lease("sweep", "a", Duration.ofMillis(-1))).isTrue();
        assertThat(store.side().lease("sweep", "b", Duration.ofMinutes(1))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void useOfALaneNeverGoesBack(String kind) {
        open(kind);
        store.side().used(List.of(new LaneUse("f-1", 10, 60), new LaneUse("f-2", 7, 0)));
        store.side().used(List.of(new LaneUse("f-1", 9, -1), new LaneUse("f-2", 8, 5)));
        assertThat(store.side().laneUse().values())
                .containsExactly(new LaneUse("f-1", 10, 60), new LaneUse("f-2", 8, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void planVersionsAreComparedAndSet(String kind) {
        open(kind);
        SideRows side = store.side();
        side.putPlan(new PlanRow("default", 1, "a"));
        assertThatThrownBy(() -> side.putPlan(new PlanRow("default", 1, "b"))).isInstanceOf(StaleRow.class);
        side.putPlan(new PlanRow("default", 2, "c"));
        assertThatThrownBy(() -> side.putPlan(new PlanRow("default", 2, "d"))).isInstanceOf(StaleRow.class);
        assertThat(side.plan("default")).map(PlanRow::body).contains("c");

        PlanRow stale = new PlanRow("default", 2, "e");
        Commit change = commit(0, "one", null);
        assertThatThrownBy(() -> store.commit(new Commit(
                        0,
                        change.published(),
                        change.history(),
                        change.put(),
                        List.of(),
                        null,
                        List.of(),
                        null,
                        List.of(),
                        stale)))
                .isInstanceOf(StaleRow.class);
        assertThat(store.revision()).as("whole or not at all").isZero();
        side.putPlan(new PlanRow("default", 3, ""));
        assertThat(side.plan("default")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aBackupIsRestoredWholeUnderANewId(String kind) {
        open(kind);
        store.commit(commit(0, "one", null));
        store.tokens()
                .add(
                        new TokenRows.TokenRow("t", "h", "ada", "admin", "", 1, 0),
                        new AuditRow(0, 1, "bob", "test", "why", "create", "token t", "admin ada"));
        String id = store.identity().id();
        Path file = directory.resolve("backup.db");
        store.backup(file);
        store.commit(commit(1, "two", null));

        store.restore(file);

        assertThat(store.load().revision()).isEqualTo(1);
        assertThat(store.load().objects()).extracting(ObjectRow::body).containsExactly("one");
        assertThat(store.tokens().byHash("h")).isPresent();
        assertThat(store.identity().id()).isNotEqualTo(id);
        assertThat(store.identity().replaces()).as("not before it is accepted").isEmpty();
        String restored = store.identity().id();
        assertThat(store.accept().replaces()).as("what the gateways follow").contains(id, restored);
        assertThatThrownBy(() -> store.backup(file)).hasMessageContaining("exists");
        store.commit(commit(1, "again", null));
        assertThat(store.load().revision()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void acceptingAnotherStoreKeepsTheIdAndAcceptingItselfChangesIt(String kind) {
        open(kind);
        String id = store.identity().id();
        assertThat(store.accept("other").id()).isEqualTo(id);
        Identity fresh = store.accept(id);
        assertThat(fresh.id()).isNotEqualTo(id);
        assertThat(fresh.replaces()).containsExactly("other", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void retentionForgetsOnlyWhatAWholeTableStandsFor(String kind) {
        open(kind);
        for (int i = 0; i < 5; i++) {
            store.commit(commit(i, "v" + i, null));
        }
        assertThat(store.history().forgetBefore(4_500)).isEqualTo(4);
        assertThat(store.history().newest(Long.MAX_VALUE, 10))
                .extracting(HistoryRow::revision)
                .containsExactly(5L);
        assertThat(store.history().snapshotUpTo(5))
                .map(HistoryRows.Snapshot::revision)
                .contains(4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aBackupThatIsRestoredElsewhereIsFollowedByTheGatewaysOfTheStoreItIsOf(String kind) {
        open(kind);
        store.commit(commit(0, "one", null));
        String followed = store.identity().id();
        Path file = directory.resolve("backup.db");
        store.backup(file);
        try (ControlStore fresh =
                ControlStore.open(new StoreConfig.Sqlite(directory.resolve("elsewhere")), Clock.systemUTC())) {
            fresh.restore(file);
            assertThat(fresh.accept().replaces()).contains(followed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aStoreIsBackedUpBesideTheProcessThatRunsIt(String kind) {
        StoreConfig config = kind.equals("sqlite") ? new StoreConfig.Sqlite(directory) : Postgres.fresh();
        store = ControlStore.open(config, Clock.systemUTC());
        store.commit(commit(0, "one", null));
        Path file = directory.resolve("backup.db");

        ControlStore.backup(config, file);
        store.commit(commit(1, "two", null));

        store.restore(file);
        assertThat(store.load().objects()).extracting(ObjectRow::body).containsExactly("one");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> ControlStore.backup(new StoreConfig.Sqlite(missing), directory.resolve("other.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not there");
        assertThat(missing).doesNotExist();
    }

    @Test
    void aDirectoryIsUsedByOneStoreAtATime() {
        open("sqlite");
        assertThatThrownBy(() -> ControlStore.open(new StoreConfig.Sqlite(directory), Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("used by another process");
    }

    @Test
    void survivesClosingAndOpening() {
        open("sqlite");
        store.commit(commit(0, "one", null));
        String id = store.identity().id();
        store.close();
        open("sqlite");
        assertThat(store.identity().id()).isEqualTo(id);
        assertThat(store.revision()).isEqualTo(1);
    }
}
