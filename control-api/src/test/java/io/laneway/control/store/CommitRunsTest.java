package io.laneway.control.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.TestClock;
import io.laneway.control.store.HistoryRows.Snapshot;
import io.laneway.control.store.Rows.Commit;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.Loaded;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.control.store.Rows.OverlayRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.database.StoreConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits by chance, of edits and of discovery, in both databases: what is read back is what a map would have. */
class CommitRunsTest {

    private static final int RUNS = Integer.getInteger("laneway.commits", 200);

    @TempDir
    Path directory;

    private final Random random = new Random(41);
    private final Map<String, ObjectRow> objects = new TreeMap<>();
    private final Map<String, OverlayRow> overlays = new TreeMap<>();
    private final List<PublishedRow> published = new ArrayList<>();
    private final List<HistoryRow> history = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private long edited;
    private ControlStore store;

    @AfterEach
    void close() {
        store.close();
    }

    private void open(String kind) {
        StoreConfig config = kind.equals("sqlite") ? new StoreConfig.Sqlite(directory) : Postgres.fresh();
        store = ControlStore.open(config, new TestClock());
    }

    private static String text(ObjectKey key) {
        return key.kind() + " " + key.name();
    }

    private Commit any(long from) {
        long to = from + 1;
        boolean edit = random.nextInt(3) > 0;
        List<ObjectRow> put = new ArrayList<>();
        List<ObjectKey> removed = new ArrayList<>();
        List<OverlayRow> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ObjectKey key = new ObjectKey(i % 2 == 0 ? "lane" : "service", "o-" + i / 2);
            int what = random.nextInt(4);
            if (edit && what == 0) {
                put.add(new ObjectRow(key, to * 10 + i, to, random.nextBoolean() ? "" : "crd:x", "body " + to + "é"));
            } else if (edit && what == 1) {
                removed.add(key);
            } else if (!edit && what < 2) {
                found.add(new OverlayRow("s-" + i % 2, "part " + i, to, what == 0 ? "" : "found " + to));
            }
        }
        String changes = "[" + "x".repeat(random.nextInt(50)) + "]";
        return new Commit(
                from,
                new PublishedRow(to, edit ? "edit" : "overlay", changes),
                edit ? new HistoryRow(to, 100 * to, "ada", "here", "why", "put", "it", "", changes, "undo") : null,
                put,
                removed,
                edit && random.nextInt(10) == 0 ? "whole " + to : null,
                found,
                null,
                List.of(),
                null);
    }

    private void made(Commit commit) {
        published.add(commit.published());
        commit.removed().forEach(key -> objects.remove(text(key)));
        commit.put()
                .forEach(row -> objects.merge(
                        text(row.key()),
                        row,
                        (old, now) -> new ObjectRow(now.key(), old.place(), now.revision(), now.owner(), now.body())));
        commit.overlay().forEach(row -> overlays.put(row.source() + " " + row.part(), row));
        if (commit.history() != null) {
            history.add(commit.history());
            edited = commit.history().revision();
        }
        if (commit.snapshot() != null) {
            snapshots.add(new Snapshot(commit.published().revision(), commit.snapshot()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void whatIsCommittedIsReadBackAndWhatDoesNotFollowTheNewestLeavesNothing(String kind) {
        open(kind);
        for (int run = 0; run < RUNS; run++) {
            long newest = published.size();
            long from = Math.max(0, newest - (random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0));
            Commit commit = any(from);

            assertThat(store.commit(commit)).as("run %d", run).isEqualTo(from == newest);

            if (from == newest) {
                made(commit);
            }
            if (run % 10 == 0) {
                agrees();
            }
        }
        agrees();
        forgets();
    }

    private void agrees() {
        Loaded loaded = store.load();
        assertThat(loaded.revision()).isEqualTo(published.size()).isEqualTo(store.revision());
        assertThat(loaded.edited()).isEqualTo(edited);
        assertThat(loaded.objects())
                .containsExactlyInAnyOrderElementsOf(objects.values())
                .isSortedAccordingTo(Comparator.comparingLong(ObjectRow::place));
        assertThat(loaded.overlays()).containsExactlyInAnyOrderElementsOf(overlays.values());
        int from = random.nextInt(published.size());
        assertThat(store.publishedAfter(from, 7))
                .isEqualTo(published.subList(from, Math.min(published.size(), from + 7)));
        assertThat(store.overlaysAfter(from))
                .containsExactlyInAnyOrderElementsOf(overlays.values().stream()
                        .filter(row -> row.revision() > from)
                        .toList());
        assertThat(store.publishedTail(5, 100)).isEqualTo(tail(5, 100));
        List<Long> between = new ArrayList<>();
        store.history().between(from, published.size() - 1L, row -> between.add(row.revision()));
        assertThat(between)
                .isEqualTo(history.stream()
                        .map(HistoryRow::revision)
                        .filter(revision -> revision > from && revision < published.size())
                        .toList());
        assertThat(store.history().snapshotUpTo(from))
                .isEqualTo(
                        snapshots.stream().filter(one -> one.revision() <= from).reduce((a, b) -> b));
    }

    private List<PublishedRow> tail(int rows, int chars) {
        List<PublishedRow> tail = new ArrayList<>();
        int left = chars;
        for (int i = published.size() - 1; i >= 0 && tail.size() < rows; i--) {
            left -= published.get(i).delta().length();
            if (left < 0) {
                break;
            }
            tail.add(0, published.get(i));
        }
        return tail;
    }

    /** What is left after any retention can be rebuilt: a whole table, and every edit after it. */
    private void forgets() {
        for (long revision = 0; revision <= published.size(); revision += 20) {
            store.history().forgetBefore(100 * revision);
            List<HistoryRow> left = store.history().newest(Long.MAX_VALUE, 10_000);
            long oldest =
                    left.isEmpty() ? edited + 1 : left.get(left.size() - 1).revision();
            long bound = revision;
            assertThat(left.size()).isEqualTo((int)
                    history.stream().filter(row -> row.revision() >= oldest).count());
            assertThat(history.stream().filter(row -> row.revision() >= bound).map(HistoryRow::revision))
                    .as("what is not older than the bound stays")
                    .allMatch(one -> one >= oldest);
            if (oldest > history.get(0).revision()) {
                assertThat(store.history().snapshotUpTo(oldest)).isPresent();
            }
        }
    }
}
