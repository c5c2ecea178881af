package io.laneway.control.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.TestClock;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of an edit, where another process writes between them, and what each leaves behind. */
class EditStepsTest implements RevisionListener {

    @TempDir
    Path directory;

    private final List<Long> heard = new ArrayList<>();
    private ControlStore store;
    private Editor editor;

    @BeforeEach
    void open() {
        store = ControlStore.open(new StoreConfig.Sqlite(directory), new TestClock());
        editor = editor(1 << 20);
    }

    private Editor editor(long maxChars) {
        return new Editor(store, new TestClock(), maxChars, this);
    }

    @AfterEach
    void close() {
        editor.close();
        store.close();
    }

    @Override
    public void revisions(TableState state, List<PublishedRow> rows) {
        rows.forEach(row -> heard.add(row.revision()));
        assertThat(state.revision()).isEqualTo(rows.get(rows.size() - 1).revision());
    }

    @Override
    public void reset(TableState state) {
        heard.add(-state.revision());
    }

    private static List<TableChange> put(String lane, String description) {
        return List.of(new TableChange.PutLane(
                new Lane(lane, null, LaneMode.PERMISSIVE, description, null, false, LaneState.ACTIVE)));
    }

    private static EditCall call(
            ObjectKey key, IfMatch match, boolean dry, Once once, UnaryOperator<TableObjects> edit) {
        Author author = new Author("ada", "test", "");
        return new EditCall(
                author, "", "put", "lane", key, match, dry, once, edit, List.of(new LaneUse("f-1", 7, 0)), null);
    }

    /** Commits as another process would that follows the same store. */
    private void meanwhile(String lane) {
        TableState before = new StateReader(store).load();
        TableObjects wanted = before.objects().with(put(lane, "meanwhile"));
        EditCall call = EditCall.plain(Author.itself("meanwhile"), "", "put", lane, now -> wanted);
        Commits.Step step = Commits.edit(before, wanted, TableDiff.between(before.objects(), wanted), call, 1);
        assertThat(store.commit(step.commit())).isTrue();
    }

    @Test
    void anEditThatWasOvertakenIsAppliedAgainToTheNewerTable() {
        List<TableObjects> seen = new ArrayList<>();

        EditResult result = editor.submit(call(null, null, false, null, now -> {
                    seen.add(now);
                    if (seen.size() <= 2) {
                        meanwhile("other-" + seen.size());
                    }
                    return now.with(put("f-1", "mine"));
                }))
                .join();

        assertThat(seen).hasSize(3);
        assertThat(result.revision()).isEqualTo(3);
        assertThat(result.before().objects().lanes()).containsOnlyKeys("other-1", "other-2");
        assertThat(result.changes()).hasSize(1);
        assertThat(editor.state().objects().lanes()).containsOnlyKeys("other-1", "other-2", "f-1");
        assertThat(heard).as("each revision once, in order").containsExactly(-0L, 1L, 2L, 3L);
        assertThat(new StateReader(store).load()).isEqualTo(editor.state());
    }

    @Test
    void aConditionIsAskedAgainWhenTheEditWasOvertaken() {
        editor.submit(call(null, null, false, null, now -> now.with(put("f-1", "one"))))
                .join();
        IfMatch old = IfMatch.parse(String.valueOf(editor.state().tag(ObjectKeys.lane("f-1"))));

        assertThatThrownBy(() -> editor.submit(call(ObjectKeys.lane("f-1"), old, false, null, now -> {
                            meanwhile("f-1");
                            return now.with(put("f-1", "two"));
                        }))
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.STALE));
        assertThat(editor.state().objects().lane("f-1").description()).isEqualTo("meanwhile");
    }

    @Test
    void whatASourceFoundIsLaidOverTheNewerTable() {
        meanwhile("other");

        long revision = editor.overlay("k8s", new Overlay(List.of(Lane.named("found")), List.of()))
                .join();

        assertThat(revision).isEqualTo(2);
        assertThat(editor.state().objects().lanes()).containsOnlyKeys("other");
        assertThat(editor.state().published().lanes()).containsOnlyKeys("other", "found");
        assertThat(editor.overlay("k8s", new Overlay(List.of(Lane.named("found")), List.of()))
                        .join())
                .as("found again")
                .isEqualTo(2);
    }

    @Test
    void aDryRunLeavesNothingBehind() {
        Once once = new Once("key", "hash");

        EditResult dry = editor.submit(call(null, null, true, once, now -> now.with(put("f-1", ""))))
                .join();
        editor.submit(call(null, null, true, once, now -> now)).join();

        assertThat(dry.changed()).isTrue();
        assertThat(dry.revision()).isZero();
        assertThat(dry.after().objects().lanes()).containsKey("f-1");
        assertThat(editor.state().revision()).isZero();
        assertThat(store.response("ada", "key")).isEmpty();
        assertThat(store.side().laneUse()).isEmpty();
        assertThat(store.history().newest(9, 9)).isEmpty();
    }

    @Test
    void anEditThatChangesNothingKeepsWhatBelongsToItWithoutARevision() {
        EditResult result = editor.submit(call(null, null, false, new Once("key", "hash"), now -> now))
                .join();

        assertThat(result.changed()).isFalse();
        assertThat(store.revision()).isZero();
        assertThat(store.response("ada", "key").orElseThrow().body()).isEqualTo("{\"changed\":false}");
        assertThat(store.side().laneUse()).containsKey("f-1");
        assertThat(heard).containsExactly(-0L);
    }

    @Test
    void aTableThatIsTooLargeMayOnlyShrink() {
        editor.submit(call(null, null, false, null, now -> now.with(put("f-1", "x".repeat(300)))))
                .join();
        long chars = editor.state().chars();
        editor.close();
        editor = editor(chars - 100);

        assertThatThrownBy(() -> editor.submit(call(
                                null, null, false, null, now -> now.with(put("f-1", "x".repeat(301)))))
                        .join())
                .cause()
                .hasMessage("the table would have " + (chars + 1) + " characters as JSON (expected: at most "
                        + (chars - 100) + ")");
        editor.submit(call(null, null, false, null, now -> now.with(put("f-1", "x".repeat(299)))))
                .join();

        assertThat(editor.state().chars()).as("still above the bound").isEqualTo(chars - 1);
    }

    @Test
    void afterAFailedEditTheNextOneIsMade() {
        assertThatThrownBy(() -> editor.submit(call(null, null, false, null, now -> {
                            throw new AssertionError("a bug");
                        }))
                        .join())
                .hasMessageContaining("a bug");

        editor.submit(call(null, null, false, null, now -> now.with(put("f-1", ""))))
                .join();

        assertThat(store.history().newest(9, 9))
                .extracting(HistoryRow::revision)
                .containsExactly(1L);
        editor.close();
        assertThatThrownBy(() ->
                        editor.submit(call(null, null, false, null, now -> now)).join())
                .hasMessageContaining("the control API is closing");
    }

    @Test
    void otherModulesGetRefusalsAsTablesThatAreRefused() {
        OwnedEditor owned = new OwnedEditor(editor);
        assertThat(owned.apply("crd:shop/t", "why", put("f-1", ""))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(1);
        editor.submit(call(null, null, false, null, now -> now.with(put("f-2", ""))))
                .join();

        assertThatThrownBy(() -> owned.apply("crd:shop/t", "why", put("f-2", "theirs"))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(TableRefused.class)
                .hasMessageContaining("lane f-2 belongs to the REST API");
        assertThatThrownBy(() -> owned.apply(" ", "why", put("f-3", ""))
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("owner: ''");
    }
}
