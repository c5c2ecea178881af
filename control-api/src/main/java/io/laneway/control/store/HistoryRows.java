package io.laneway.control.store;

import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.HeadRow;
import io.laneway.control.store.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The history. Nothing changes a row of it; retention drops the oldest. Safe for many threads; blocks. */
public final class HistoryRows {

    private static final String COLUMNS = "revision, at, who, origin, why, action, subject, owner, changes, undo";

    private static final String AUDIT = "number, at, who, origin, why, action, subject, detail";

    private final Database database;

    HistoryRows(Database database) {
        this.database = database;
    }

    /** A whole table as of a revision. */
    public record Snapshot(long revision, String body) {}

    /** The newest edits up to a revision, newest first, without what they changed: that may be the whole table each. */
    public List<HistoryRow> newest(long upTo, int limit) {
        return newest(upTo, limit, RowFilter.ALL);
    }

    /** The same, of those that a filter takes. */
    public List<HistoryRow> newest(long upTo, int limit, RowFilter filter) {
        String sql = "SELECT revision, at, who, origin, why, action, subject, owner, '', '' FROM history"
                + " WHERE revision <= ?" + filter.sql("who || ' ' || why || ' ' || action || ' ' || subject")
                + " ORDER BY revision DESC LIMIT ?";
        return database.read(c -> Sql.list(c, sql, HistoryRows::row, filter.values(upTo, limit)));
    }

    /** One edit. */
    public Optional<HistoryRow> at(long revision) {
        return database.read(c -> at(c, revision));
    }

    /** Whether the history holds this edit; reads nothing of what it changed, which may be a whole table. */
    public boolean has(long revision) {
        return database.read(c -> Sql.one(c, "SELECT 1 FROM history WHERE revision = ?", row -> true, revision)
                .isPresent());
    }

    /** Takes the edits after one revision and up to another, oldest first, one at a time, without what leads back. */
    public void between(long after, long upTo, Consumer<HistoryRow> each) {
        long last = after;
        while (last < upTo) {
            Optional<HistoryRow> next = next(last, upTo);
            if (next.isEmpty()) {
                return;
            }
            each.accept(next.get());
            last = next.get().revision();
        }
    }

    private Optional<HistoryRow> next(long after, long upTo) {
        String sql = "SELECT revision, at, who, origin, why, action, subject, owner, changes, '' FROM history"
                + " WHERE revision > ? AND revision <= ? ORDER BY revision LIMIT 1";
        return database.read(c -> Sql.one(c, sql, HistoryRows::row, after, upTo));
    }

    /** The newest whole table that is not newer than a revision. */
    public Optional<Snapshot> snapshotUpTo(long revision) {
        return database.read(c -> Sql.one(
                c,
                "SELECT revision, body FROM snapshot WHERE revision <= ? ORDER BY revision DESC LIMIT 1",
                row -> new Snapshot(row.getLong(1), row.getString(2)),
                revision));
    }

    /**
     * Forgets edits older than a time, as far as a whole table takes their place.
     *
     * @return how many were forgotten
     */
    public int forgetBefore(long at) {
        return database.write(c -> {
            long keep = Sql.one(
                            c,
                            "SELECT COALESCE(MAX(s.revision), 0) FROM snapshot s JOIN history h"
                                    + " ON h.revision = s.revision WHERE h.at < ?",
                            row -> row.getLong(1),
                            at)
                    .orElse(0L);
            Sql.update(c, "DELETE FROM snapshot WHERE revision < ?", keep);
            return Sql.update(c, "DELETE FROM history WHERE revision <= ? AND at < ?", keep, at);
        });
    }

    /** What was done that is in no revision, before a number, newest first. */
    public List<AuditRow> audit(long before, int limit, RowFilter filter) {
        return database.read(c -> Sql.list(
                c,
                "SELECT " + AUDIT + " FROM audit WHERE number < ?"
                        + filter.sql("who || ' ' || why || ' ' || action || ' ' || subject || ' ' || detail")
                        + " ORDER BY number DESC LIMIT ?",
                row -> new AuditRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)),
                filter.values(before, limit)));
    }

    /** Notes what was done. */
    public void note(AuditRow row) {
        database.write(c -> note(c, row));
    }

    /** Notes what was done in the same transaction; the head row keeps the numbers in order. */
    static int note(Connection c, AuditRow row) throws SQLException {
        HeadRow.lock(c);
        long last = Sql.one(c, "SELECT COALESCE(MAX(number), 0) FROM audit", found -> found.getLong(1))
                .orElse(0L);
        return Sql.update(
                c,
                "INSERT INTO audit (" + AUDIT + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                last + 1,
                row.at(),
                row.who(),
                row.origin(),
                row.why(),
                row.action(),
                row.subject(),
                row.detail());
    }

    static Optional<HistoryRow> at(Connection c, long revision) throws SQLException {
        return Sql.one(c, "SELECT " + COLUMNS + " FROM history WHERE revision = ?", HistoryRows::row, revision);
    }

    private static HistoryRow row(ResultSet row) throws SQLException {
        return new HistoryRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }
}
