package io.laneway.control.store;

import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Questions to gateways while they are open, and what came back to another replica than the one that asked. Every
 * change is made known to the replicas of a shared store. Safe for many threads; blocks.
 */
public final class QuestionRows {

    private static final String COLUMNS = "id, replica, kind, filter, until, alive";

    private final Database database;
    private final boolean shared;

    QuestionRows(Database database, boolean shared) {
        this.database = database;
        this.shared = shared;
    }

    /**
     * One question. Immutable; times in milliseconds since 1970.
     *
     * @param replica the one that asked
     * @param filter  what is asked, as JSON
     * @param until   when it ends at the latest
     * @param alive   when it ends unless its replica says that it is still there
     */
    public record QuestionRow(String id, String replica, String kind, String filter, long until, long alive) {}

    /**
     * A part of what one gateway answered. Immutable.
     *
     * @param part numbers the parts of one gateway in the order in which they came
     */
    public record AnswerPart(String question, String gateway, long part, String body) {}

    /** Adds a question. */
    public void put(QuestionRow row) {
        database.write(c -> {
            int rows = Sql.update(
                    c,
                    "INSERT INTO question (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                    row.id(),
                    row.replica(),
                    row.kind(),
                    row.filter(),
                    row.until(),
                    row.alive());
            signal(c);
            return rows;
        });
    }

    /** The questions that are alive after a time. */
    public List<QuestionRow> open(long after) {
        return database.read(c -> Sql.list(
                c, "SELECT " + COLUMNS + " FROM question WHERE alive > ? ORDER BY id", QuestionRows::row, after));
    }

    /** Ends questions, with what was not collected of their answers. */
    public void end(List<String> ids) {
        database.write(c -> {
            for (String id : ids) {
                Sql.update(c, "DELETE FROM question WHERE id = ?", id);
                Sql.update(c, "DELETE FROM question_answer WHERE question = ?", id);
            }
            signal(c);
            return ids.size();
        });
    }

    /** A replica is still there, and so are its questions. */
    public void renew(String replica, long alive) {
        database.write(c -> Sql.update(c, "UPDATE question SET alive = ? WHERE replica = ?", alive, replica));
    }

    /**
     * Keeps an answer for the replica that asked. False if that part is there already, if so many parts wait already, or
     * if the question has ended.
     */
    public boolean answer(AnswerPart part, long at, int most) {
        return database.write(c -> {
            int rows = Sql.update(
                    c,
                    "INSERT INTO question_answer (question, gateway, part, replica, at, body)"
                            + " SELECT id, ?, ?, replica, ?, ? FROM question WHERE id = ?"
                            + " AND (SELECT count(*) FROM question_answer WHERE question = ?) < ?"
                            + " ON CONFLICT (question, gateway, part) DO NOTHING",
                    part.gateway(),
                    part.part(),
                    at,
                    part.body(),
                    part.question(),
                    part.question(),
                    most);
            if (rows == 1) {
                signal(c);
            }
            return rows == 1;
        });
    }

    /** Takes what waits for a replica, the parts of each gateway in order. */
    public List<AnswerPart> take(String replica) {
        return database.write(c -> {
            List<AnswerPart> parts = Sql.list(
                    c,
                    "DELETE FROM question_answer WHERE replica = ? RETURNING question, gateway, part, body",
                    row -> new AnswerPart(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)),
                    replica);
            parts.sort(Comparator.comparingLong(AnswerPart::part));
            return parts;
        });
    }

    /** Removes questions whose replica has not said for long that it is there, and answers that wait since then. */
    public int forget(long before) {
        return database.write(c -> Sql.update(c, "DELETE FROM question WHERE alive < ?", before)
                + Sql.update(c, "DELETE FROM question_answer WHERE at < ?", before));
    }

    /** How many questions and answers the store keeps. */
    public long size() {
        return database.read(c -> Sql.one(
                        c,
                        "SELECT (SELECT count(*) FROM question) + (SELECT count(*) FROM question_answer)",
                        row -> row.getLong(1))
                .orElse(0L));
    }

    private void signal(Connection c) throws SQLException {
        if (shared) {
            Sql.one(c, "SELECT pg_notify('laneway', 'question')", row -> "");
        }
    }

    private static QuestionRow row(ResultSet row) throws SQLException {
        return new QuestionRow(
                row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5), row.getLong(6));
    }
}
