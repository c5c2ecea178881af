package io.laneway.control.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.table.delta.TableChange;
import io.laneway.testkit.Relay;
import io.laneway.testkit.Relay.Verdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Editors of two replicas on one PostgreSQL, neither of which is told of what the other wrote. */
class SharedStoreTest {

    private static final RevisionListener NO_LISTENER = new RevisionListener() {
        @Override
        public void revisions(TableState state, List<PublishedRow> rows) {}

        @Override
        public void reset(TableState state) {}
    };

    private StoreConfig.Postgres config;
    private final AtomicReference<Verdict> nextCommit = new AtomicReference<>(Verdict.PASS);
    private Relay relay;
    private ControlStore storeA;
    private ControlStore storeB;
    private Editor a;
    private Editor b;

    @BeforeEach
    void open() throws Exception {
        config = Postgres.fresh();
        int port = URI.create(config.url().substring("jdbc:".length())).getPort();
        relay = Relay.to(port, this::passes);
        String through = config.url().replace(":" + port + "/", ":" + relay.port() + "/")
                // Each commit is sent by its word, not as a prepared statement.
                + "&prepareThreshold=0";
        storeA = ControlStore.open(config, Clock.systemUTC());
        storeB = ControlStore.open(
                new StoreConfig.Postgres(through, config.user(), config.password()), Clock.systemUTC());
        a = new Editor(storeA, Clock.systemUTC(), 1 << 20, NO_LISTENER);
        b = new Editor(storeB, Clock.systemUTC(), 1 << 20, NO_LISTENER);
    }

    /** Cuts the connection at the next commit, if that is wanted. */
    private Verdict passes(byte[] bytes, int length) {
        boolean commit = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
        return commit ? nextCommit.getAndSet(Verdict.PASS) : Verdict.PASS;
    }

    @AfterEach
    void close() throws Exception {
        a.close();
        b.close();
        storeA.close();
        storeB.close();
        relay.close();
    }

    private static EditCall put(String lane, String description, IfMatch match) {
        Lane wanted = new Lane(lane, null, LaneMode.PERMISSIVE, description, null, false, LaneState.ACTIVE);
        return new EditCall(
                new Author("ada", "test", ""),
                "",
                "put",
                "lane " + lane,
                ObjectKeys.lane(lane),
                match,
                false,
                null,
                now -> now.with(List.of(new TableChange.PutLane(wanted))),
                List.of(),
                null);
    }

    private static EditResult done(Editor editor, EditCall call) throws Exception {
        return editor.submit(call).get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatWasItsOwnLastStateIsAChangeOnceAnotherReplicaWroteSince() throws Exception {
        done(b, put("f-1", "ten", null));
        done(a, put("f-1", "twenty", null));

        EditResult result = done(b, put("f-1", "ten", null));

        assertThat(result.changed()).isTrue();
        assertThat(result.revision()).isEqualTo(3);
        a.refresh();
        assertThat(a.state().objects().lane("f-1").description()).isEqualTo("ten");
    }

    @Test
    void nothingChangedIsSaidWithTheRevisionThatTheStoreHas() throws Exception {
        done(b, put("f-1", "ten", null));
        done(a, put("f-2", "other", null));

        EditResult result = done(b, put("f-1", "ten", null));

        assertThat(result.changed()).isFalse();
        assertThat(result.revision()).isEqualTo(2);
    }

    @Test
    void theFreshTagOfAnotherReplicaHoldsAndAnOldOneDoesNot() throws Exception {
        done(b, put("f-1", "ten", null));
        String old = b.state().tag(ObjectKeys.lane("f-1"));
        done(a, put("f-1", "twenty", null));
        String fresh = a.state().tag(ObjectKeys.lane("f-1"));

        assertThatThrownBy(() -> done(b, put("f-1", "ten", IfMatch.parse(old))))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("is at " + fresh);
        assertThat(done(b, put("f-1", "thirty", IfMatch.parse(fresh))).changed())
                .isTrue();
    }

    @Test
    void aReadIsOfWhatWasCommittedBeforeIt() throws Exception {
        done(a, put("f-1", "ten", null));
        assertThat(b.state().objects().lane("f-1")).isNull();
        b.refresh();
        assertThat(b.state().objects().lane("f-1").description()).isEqualTo("ten");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"CUT_BEFORE", "CUT_AFTER"})
    void aConnectionThatIsCutAmidTheCommitMakesTheChangeOnce(Verdict cut) throws Exception {
        done(b, put("f-1", "one", null));
        nextCommit.set(cut);

        EditResult result = done(b, put("f-1", "two", null));

        assertThat(nextCommit).as("the cut was made").hasValue(Verdict.PASS);
        assertThat(result.changed()).isTrue();
        assertThat(result.revision()).isEqualTo(2);
        assertThat(storeA.history().newest(10, 10))
                .extracting(HistoryRow::revision)
                .containsExactly(2L, 1L);
        assertThat(done(b, put("f-1", "three", null)).revision()).isEqualTo(3);
    }

    @Test
    void aDatabaseThatWasRestartedIsUsedOnAtOnce() throws Exception {
        done(b, put("f-1", "one", null));
        relay.cutNow();
        assertThat(done(b, put("f-1", "two", null)).revision()).isEqualTo(2);
    }
}
