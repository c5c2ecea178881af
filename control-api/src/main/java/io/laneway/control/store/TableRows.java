package io.laneway.control.store;

import io.laneway.control.store.Rows.Commit;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.Loaded;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.ObjectRow;
import io.laneway.control.store.Rows.OverlayRow;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.store.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that write a revision and read the table back. */
final class TableRows {

    private static final long AT_ONCE = 8 << 20;
    private static final long KEEP_GONE = 10_000;

    private TableRows() {}

    static long revision(Connection c) throws SQLException {
        return Sql.one(c, "SELECT revision FROM head", row -> row.getLong(1)).orElse(0L);
    }

    static Loaded load(Connection c) throws SQLException {
        long[] head = Sql.one(
                        c, "SELECT revision, edited FROM head", row -> new long[] {row.getLong(1), row.getLong(2)})
                .orElseThrow();
        List<ObjectRow> objects = Sql.list(
                c,
                "SELECT kind, name, place, revision, owner, body FROM object ORDER BY place, name",
                row -> new ObjectRow(
                        new ObjectKey(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6)));
        List<OverlayRow> overlays = Sql.list(
                c, "SELECT source, part, revision, body FROM overlay_part ORDER BY source, part", TableRows::overlay);
        return new Loaded(head[0], head[1], objects, overlays);
    }

    /** Whether the store has what a commit wrote. */
    static boolean holds(Connection c, Commit commit) throws SQLException {
        long revision = commit.published().revision();
        return publishedAfter(c, revision - 1, 1).contains(commit.published())
                && HistoryRows.at(c, revision).equals(Optional.ofNullable(commit.history()));
    }

    static boolean commit(Connection c, Commit commit) throws SQLException {
        long revision = commit.published().revision();
        String edited = commit.history() == null ? "edited" : Long.toString(revision);
        int won = Sql.update(
                c,
                "UPDATE head SET revision = ?, edited = " + edited + " WHERE one = 1 AND revision = ?",
                revision,
                commit.from());
        if (won == 0) {
            return false;
        }
        PublishedRow published = commit.published();
        Sql.update(
                c,
                "INSERT INTO published (revision, kind, delta) VALUES (?, ?, ?)",
                revision,
                published.kind(),
                published.delta());
        if (commit.history() != null) {
            history(c, commit.history());
        }
        objects(c, commit);
        extras(c, commit);
        return true;
    }

    private static void history(Connection c, HistoryRow row) throws SQLException {
        Sql.update(
                c,
                "INSERT INTO history (revision, at, who, origin, why, action, subject, owner, changes, undo)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.revision(),
                row.at(),
                row.who(),
                row.origin(),
                row.why(),
                row.action(),
                row.subject(),
                row.owner(),
                row.changes(),
                row.undo());
    }

    private static void objects(Connection c, Commit commit) throws SQLException {
        for (ObjectKey key : commit.removed()) {
            Sql.update(c, "DELETE FROM object WHERE kind = ? AND name = ?", key.kind(), key.name());
        }
        try (var statement = c.prepareStatement("INSERT INTO object (kind, name, place, revision, owner, body)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, name)"
                + " DO UPDATE SET revision = excluded.revision, owner = excluded.owner, body = excluded.body")) {
            for (ObjectRow row : commit.put()) {
                statement.setString(1, row.key().kind());
                statement.setString(2, row.key().name());
                statement.setLong(3, row.place());
                statement.setLong(4, row.revision());
                statement.setString(5, row.owner());
                statement.setString(6, row.body());
                statement.addBatch();
            }
            if (!commit.put().isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    private static void extras(Connection c, Commit commit) throws SQLException {
        if (commit.snapshot() != null) {
            Sql.update(
                    c,
                    "INSERT INTO snapshot (revision, body) VALUES (?, ?)",
                    commit.published().revision(),
                    commit.snapshot());
        }
        overlay(c, commit);
        beside(c, commit.plan(), commit.response(), commit.uses());
    }

    static void beside(Connection c, @Nullable PlanRow plan, @Nullable ResponseRow response, List<LaneUse> uses)
            throws SQLException {
        if (response != null) {
            response(c, response);
        }
        SideRows.used(c, uses);
        if (plan != null) {
            SideRows.putPlan(c, plan);
        }
    }

    private static void overlay(Connection c, Commit commit) throws SQLException {
        boolean gone = false;
        for (OverlayRow row : commit.overlay()) {
            gone |= row.body().isEmpty();
            Sql.update(
                    c,
                    "INSERT INTO overlay_part (source, part, revision, body) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (source, part)"
                            + " DO UPDATE SET revision = excluded.revision, body = excluded.body",
                    row.source(),
                    row.part(),
                    row.revision(),
                    row.body());
        }
        if (gone) {
            // Replicas that missed so many revisions read everything; what an older version wrote whole needs them
            // longer.
            Sql.update(
                    c,
                    "DELETE FROM overlay_part WHERE body = '' AND revision < ? AND NOT EXISTS"
                            + " (SELECT 1 FROM overlay_part whole WHERE whole.part = 'all')",
                    commit.published().revision() - KEEP_GONE);
        }
    }

    private static OverlayRow overlay(ResultSet row) throws SQLException {
        return new OverlayRow(row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
    }

    static void trim(Connection c, long upTo) throws SQLException {
        Sql.update(c, "DELETE FROM published WHERE revision <= ?", upTo);
    }

    /** Bounded by characters too, but for the first: each row may hold the whole table. */
    static List<PublishedRow> publishedAfter(Connection c, long revision, int limit) throws SQLException {
        List<Long> sizes = Sql.list(
                c,
                "SELECT length(delta) FROM published WHERE revision > ? ORDER BY revision LIMIT ?",
                row -> row.getLong(1),
                revision,
                limit);
        int rows = 0;
        long chars = 0;
        while (rows < sizes.size() && (rows == 0 || chars + sizes.get(rows) <= AT_ONCE)) {
            chars += sizes.get(rows++);
        }
        return Sql.list(
                c,
                "SELECT revision, kind, delta FROM published WHERE revision > ? ORDER BY revision LIMIT ?",
                row -> new PublishedRow(row.getLong(1), row.getString(2), row.getString(3)),
                revision,
                rows);
    }

    static List<PublishedRow> publishedTail(Connection c, int maxRows, int maxChars) throws SQLException {
        ArrayDeque<PublishedRow> tail = new ArrayDeque<>();
        int chars = 0;
        try (var statement = c.prepareStatement("SELECT revision, kind, delta FROM published ORDER BY revision DESC")) {
            statement.setFetchSize(50);
            statement.setMaxRows(maxRows);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    PublishedRow published = new PublishedRow(row.getLong(1), row.getString(2), row.getString(3));
                    chars += published.delta().length();
                    if (chars > maxChars) {
                        break;
                    }
                    tail.addFirst(published);
                }
            }
        }
        return List.copyOf(tail);
    }

    static List<OverlayRow> overlaysAfter(Connection c, long revision) throws SQLException {
        return Sql.list(
                c,
                "SELECT source, part, revision, body FROM overlay_part WHERE revision > ? ORDER BY source, part",
                TableRows::overlay,
                revision);
    }

    static void response(Connection c, ResponseRow response) throws SQLException {
        Sql.update(
                c,
                "INSERT INTO answer (subject, call, request, at, revision, status, tag, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (subject, call) DO NOTHING",
                response.subject(),
                response.call(),
                response.request(),
                response.at(),
                response.revision(),
                response.status(),
                response.tag(),
                response.body());
    }

    static Optional<ResponseRow> response(Connection c, String subject, String call) throws SQLException {
        return Sql.one(
                c,
                "SELECT request, at, revision, status, tag, body FROM answer WHERE subject = ? AND call = ?",
                row -> new ResponseRow(
                        subject,
                        call,
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6)),
                subject,
                call);
    }
}
