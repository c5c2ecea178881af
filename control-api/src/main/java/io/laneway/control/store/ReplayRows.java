package io.laneway.control.store;

import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.HeadRow;
import io.laneway.control.store.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Replays of recordings by gateways, those that run and the newest of those that ended. Every change of a state is made
 * known to the replicas of a shared store. Safe for many threads; blocks.
 */
public final class ReplayRows {

    /** The states of one that has not ended, in SQL. */
    private static final String OPEN = "state IN ('waiting', 'running', 'aborting')";

    private static final String SUMMARY =
            "id, gateway, state, wish, who, why, created, until, heard, ended, run, problem, progress";

    private final Database database;
    private final boolean shared;

    ReplayRows(Database database, boolean shared) {
        this.database = database;
        this.shared = shared;
    }

    /**
     * One replay. Immutable; times in milliseconds since 1970, 0 for not yet.
     *
     * @param wish     what is wanted, as JSON
     * @param until    when its gateway ends it at the latest
     * @param heard    when its gateway said something last
     * @param run      names the run of the gateway's process that has taken it; empty while it waits
     * @param problem  why it failed or sent no more; empty if it did not
     * @param progress how far it is, as JSON
     * @param report   what differed, as JSON; empty if there is nothing to say, and in lists
     */
    public record ReplayRow(
            String id,
            String gateway,
            String state,
            String wish,
            String who,
            String why,
            long created,
            long until,
            long heard,
            long ended,
            String run,
            String problem,
            String progress,
            String report) {}

    /** What hinders another replay. */
    public enum Added {
        ADDED,
        THERE_ALREADY,
        TOO_MANY,
        GATEWAY_BUSY
    }

    /**
     * Adds a replay that waits, notes who asked for it, and drops the oldest of those that ended.
     *
     * @param open how many may be open at once, with this one
     * @param kept how many are kept, with this one
     */
    public Added add(ReplayRow row, AuditRow audit, int open, int kept) {
        return database.write(c -> {
            // of two calls at once, one counts before the other does
            HeadRow.lock(c);
            if (find(c, row.id()).isPresent()) {
                return Added.THERE_ALREADY;
            }
            if (count(c, "gateway = ?", row.gateway()) > 0) {
                return Added.GATEWAY_BUSY;
            }
            if (count(c, "'' = ?", "") >= open) {
                return Added.TOO_MANY;
            }
            insert(c, row);
            HistoryRows.note(c, audit);
            Sql.update(
                    c,
                    "DELETE FROM replay WHERE NOT " + OPEN + " AND id NOT IN"
                            + " (SELECT id FROM replay ORDER BY created DESC, id LIMIT ?)",
                    kept);
            signal(c);
            return Added.ADDED;
        });
    }

    private static long count(Connection c, String condition, String value) throws SQLException {
        return Sql.one(
                        c,
                        "SELECT count(*) FROM replay WHERE " + OPEN + " AND " + condition,
                        row -> row.getLong(1),
                        value)
                .orElse(0L);
    }

    private static void insert(Connection c, ReplayRow row) throws SQLException {
        Sql.update(
                c,
                "INSERT INTO replay (" + SUMMARY + ", report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.gateway(),
                row.state(),
                row.wish(),
                row.who(),
                row.why(),
                row.created(),
                row.until(),
                row.heard(),
                row.ended(),
                row.run(),
                row.problem(),
                row.progress(),
                row.report());
    }

    /** All that are kept, the newest first, without their reports. */
    public List<ReplayRow> all() {
        return database.read(
                c -> Sql.list(c, "SELECT " + SUMMARY + ", '' FROM replay ORDER BY created DESC, id", ReplayRows::row));
    }

    /** Those that have not ended, without their reports. */
    public List<ReplayRow> open() {
        return database.read(c ->
                Sql.list(c, "SELECT " + SUMMARY + ", '' FROM replay WHERE " + OPEN + " ORDER BY id", ReplayRows::row));
    }

    /** One of them, whole. */
    public Optional<ReplayRow> find(String id) {
        return database.read(c -> find(c, id));
    }

    private static Optional<ReplayRow> find(Connection c, String id) throws SQLException {
        return Sql.one(c, "SELECT " + SUMMARY + ", report FROM replay WHERE id = ?", ReplayRows::row, id);
    }

    /** Puts one in place of what it was, if it is that still in state, run and when it was heard of; false if not. */
    public boolean replace(ReplayRow was, ReplayRow now) {
        return database.write(c -> replace(c, was, now));
    }

    /** The same, and notes who asked for it. */
    public boolean replace(ReplayRow was, ReplayRow now, AuditRow audit) {
        return database.write(c -> replace(c, was, now) && HistoryRows.note(c, audit) > 0);
    }

    private boolean replace(Connection c, ReplayRow was, ReplayRow now) throws SQLException {
        int rows = Sql.update(
                c,
                "UPDATE replay SET state = ?, heard = ?, ended = ?, run = ?, problem = ?, progress = ?, report = ?"
                        + " WHERE id = ? AND state = ? AND run = ? AND heard = ?",
                now.state(),
                now.heard(),
                now.ended(),
                now.run(),
                now.problem(),
                now.progress(),
                now.report(),
                was.id(),
                was.state(),
                was.run(),
                was.heard());
        if (rows == 1 && !was.state().equals(now.state())) {
            signal(c);
        }
        return rows == 1;
    }

    private void signal(Connection c) throws SQLException {
        if (shared) {
            Sql.one(c, "SELECT pg_notify('laneway', 'replay')", row -> "");
        }
    }

    private static ReplayRow row(ResultSet row) throws SQLException {
        return new ReplayRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14));
    }
}
