package io.laneway.control.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestClock;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditCall.Once;
import io.laneway.control.rest.table.TableHistory;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.table.AnyChanges;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.OverlayMerge;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableDiff;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.check.TableCheck;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.TableRefused;
import io.laneway.router.table.delta.TableChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of edits by chance, each compared with what a slow model of the rules makes of it. */
class EditorRunsTest implements RevisionListener {

    private static final int RUNS = Integer.getInteger("laneway.edits", 500);
    private static final List<String> OWNERS = List.of("", "", "", "crd:shop/table");

    @TempDir
    Path directory;

    private final Random random = new Random(29);
    private final AnyChanges any = new AnyChanges(random);
    private final List<Long> heard = new ArrayList<>();
    private ControlStore store;
    private Editor editor;
    private TableObjects followed = TableObjects.EMPTY;

    /** The model: which edit changed each object last, and through which door it came first. */
    private final Map<ObjectKey, Long> changed = new HashMap<>();

    private final Map<ObjectKey, String> owners = new HashMap<>();

    @BeforeEach
    void open() {
        store = ControlStore.open(new StoreConfig.Sqlite(directory), new TestClock());
        editor = new Editor(store, new TestClock(), 1 << 20, this);
    }

    @AfterEach
    void close() {
        editor.close();
        store.close();
    }

    @Override
    public void revisions(TableState state, List<PublishedRow> rows) {
        rows.forEach(row -> {
            heard.add(row.revision());
            followed = followed.with(Bodies.readChanges(row.delta()));
        });
    }

    @Override
    public void reset(TableState state) {
        heard.clear();
        heard.add(state.revision());
        followed = state.published();
    }

    private static EditCall call(String owner, List<TableChange> changes, ObjectKey key, IfMatch match, Once once) {
        return call(owner, changes, key, match, once, false);
    }

    private static EditCall call(
            String owner, List<TableChange> changes, ObjectKey key, IfMatch match, Once once, boolean dryRun) {
        return new EditCall(
                new Author("ada", "test", ""),
                owner,
                "apply",
                "table",
                key,
                match,
                dryRun,
                once,
                now -> now.with(changes),
                List.of(),
                null);
    }

    /** What became of a call: the result, or the refusal as a word. */
    private Object made(EditCall call) {
        try {
            return editor.submit(call).join();
        } catch (CompletionException e) {
            return e.getCause() instanceof Refusal refusal
                    ? refusal.kind().name()
                    : e.getCause() instanceof TableRefused ? "REFUSED" : e.getCause();
        }
    }

    /** What the rules say of a call, worked out on the whole table; null if it is to be made. */
    private String refused(TableObjects before, TableObjects wanted, String owner) {
        for (ObjectKey key : ObjectKeys.touched(TableDiff.between(before, wanted))) {
            if (!owners.getOrDefault(key, owner).equals(owner)) {
                return "CONFLICT";
            }
        }
        return TableCheck.check(wanted.table(1)).isEmpty() ? null : "REFUSED";
    }

    private void noted(TableObjects before, TableObjects after, String owner, long revision) {
        for (ObjectKey key : ObjectKeys.touched(TableDiff.between(before, after))) {
            if (Bodies.object(after, key) == null) {
                changed.remove(key);
                owners.remove(key);
            } else {
                changed.put(key, revision);
                owners.putIfAbsent(key, owner);
            }
        }
    }

    @Test
    void anyEditIsMadeWholeOrNotAtAllAndTheStoreHasIt() {
        Map<Long, TableObjects> tables = new TreeMap<>();
        int made = 0;
        for (int run = 0; run < RUNS; run++) {
            TableState before = editor.state();
            String owner = OWNERS.get(random.nextInt(OWNERS.size()));
            List<TableChange> changes = any.next();
            TableObjects wanted = before.objects().with(changes);
            boolean dryRun = random.nextInt(5) == 0;

            Object result = made(call(owner, changes, null, null, null, dryRun));

            boolean differs = !TableDiff.between(before.objects(), wanted).isEmpty();
            String refusal = differs ? refused(before.objects(), wanted, owner) : null;
            if (refusal != null) {
                assertThat(result).as("run %d: %s", run, changes).isEqualTo(refusal);
            } else {
                EditResult done = (EditResult) result;
                assertThat(done.changed()).as("run %d: %s", run, changes).isEqualTo(differs);
                assertThat(done.after().objects()).isEqualTo(wanted);
            }
            boolean written = refusal == null && differs && !dryRun;
            assertThat(editor.state().revision()).isEqualTo(before.revision() + (written ? 1 : 0));
            if (written) {
                made++;
                noted(before.objects(), wanted, owner, editor.state().revision());
                tables.put(editor.state().revision(), wanted);
            } else {
                assertThat(editor.state()).isSameAs(before);
            }
            agrees();
        }
        assertThat(made).isBetween(RUNS / 8, RUNS * 7 / 8);
        TableHistory history = new TableHistory(store);
        tables.forEach((revision, table) -> assertThat(history.tableAt(revision))
                .as("revision %d", revision)
                .isEqualTo(table));
    }

    /** The state is what the model says, what the store would be read as, and what was published. */
    private void agrees() {
        TableState state = editor.state();
        assertThat(state.marks().keySet()).isEqualTo(changed.keySet());
        state.marks().forEach((key, mark) -> {
            assertThat(mark.revision()).as("%s", key).isEqualTo(changed.get(key));
            assertThat(mark.owner()).as("%s", key).isEqualTo(owners.get(key));
            assertThat(mark.chars())
                    .isEqualTo(
                            String.valueOf(Bodies.object(state.objects(), key)).length());
        });
        assertThat(state.chars()).isEqualTo(TableState.chars(state.marks()));
        assertThat(new StateReader(store).load()).isEqualTo(state);
        assertThat(followed).isEqualTo(state.published());
        assertThat(heard.get(heard.size() - 1)).isEqualTo(state.revision());
    }

    @Test
    void editsAndWhatIsFoundMeetInOneTableHoweverTheyCome() {
        List<TableState> states = new ArrayList<>(List.of(editor.state()));
        for (int run = 0; run < RUNS / 2; run++) {
            if (random.nextInt(3) == 0) {
                editor.overlay("source-" + random.nextInt(2), found()).join();
            } else {
                made(call("", any.next(), null, null, null));
            }
            TableState now = editor.state();
            states.add(now);
            assertThat(now.published()).isEqualTo(OverlayMerge.merge(now.objects(), now.overlays(), null));
            assertThat(sorted(followed)).isEqualTo(sorted(now.published()));
            assertThat(TableCheck.check(now.publishedTable())).as("run %d", run).isEmpty();
        }
        StateReader reader = new StateReader(store);
        for (int i = 0; i < states.size(); i += 7) {
            TableState state = states.get(i);
            Optional<List<PublishedRow>> rows = reader.missed(state);
            if (rows.orElseThrow().size() > 0) {
                assertThat(reader.follow(state, rows.get()))
                        .as("from revision %d", state.revision())
                        .isEqualTo(editor.state());
            }
        }
    }

    /** Deployments are found by their lane: one who follows by deltas may have them in another order. */
    private static TableObjects sorted(TableObjects table) {
        List<TableChange> changes = new ArrayList<>();
        table.services().values().forEach(service -> {
            List<Deployment> deployments = new ArrayList<>(service.deployments());
            deployments.sort(Comparator.comparing(Deployment::lane));
            changes.add(new TableChange.PutService(
                    new Service(service.id(), service.hosts(), service.shift(), deployments, service.policy())));
        });
        return table.with(changes);
    }

    private Overlay found() {
        List<Service> services = new ArrayList<>();
        for (String name : List.of("s-1", "s-2", "s-5")) {
            if (random.nextBoolean()) {
                services.add(AnyChanges.service(
                        name, random.nextBoolean() ? "b.test" : "d.test", List.of("f-1", "f-2"), null));
            }
        }
        return new Overlay(List.of(), services);
    }

    @Test
    void aCallIsMadeOnceUnderOneKeyAndItsResponseIsKept() {
        int replayed = 0;
        for (int run = 0; run < RUNS / 5; run++) {
            List<TableChange> changes = any.next();
            EditCall call = call("", changes, null, null, new Once("key-" + run, "hash"));
            Object first = made(call);
            TableState after = editor.state();

            Object again = made(call);

            assertThat(editor.state()).isSameAs(after);
            if (first instanceof EditResult result) {
                EditResult repeated = (EditResult) again;
                assertThat(repeated.replayed()).isNotNull();
                assertThat(repeated.revision()).isEqualTo(result.revision());
                assertThat(repeated.replayed().body()).startsWith("{\"changed\":" + result.changed());
                assertThat(made(call("", changes, null, null, new Once("key-" + run, "other"))))
                        .as("the same key for another call")
                        .isEqualTo("UNSOUND");
                replayed++;
            } else {
                assertThat(again).as("what was refused is asked again").isEqualTo(first);
            }
        }
        assertThat(replayed).isPositive();
    }

    @Test
    void aConditionHoldsForTheNewestTagAlone() {
        ObjectKey key = ObjectKeys.lane("f-1");
        int held = 0;
        for (int run = 0; run < RUNS / 2; run++) {
            TableState before = editor.state();
            String tag = before.tag(key);
            IfMatch match = random.nextInt(3) == 0
                    ? IfMatch.NOTHING
                    : new IfMatch(random.nextInt(4) == 0, java.util.Set.of("\"" + random.nextInt(run + 1) + "\""));
            List<TableChange> changes = any.next();

            Object result = made(call("", changes, key, match, null));

            boolean holds = match.equals(IfMatch.NOTHING)
                    ? tag == null
                    : tag != null && (match.any() || match.tags().contains(tag));
            assertThat("STALE".equals(result))
                    .as("run %d: %s of %s", run, match, tag)
                    .isEqualTo(!holds);
            held += holds ? 1 : 0;
        }
        assertThat(held).isBetween(1, RUNS / 2 - 1);
    }
}
