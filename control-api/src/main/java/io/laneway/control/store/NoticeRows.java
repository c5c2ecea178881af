package io.laneway.control.store;

import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What webhooks have not taken yet. A row is sent by the replica that claims it, so only one sends it; one that ends amid
 * that leaves it to the others once its claim has run out. Safe for many threads; blocks.
 */
public final class NoticeRows {

    private static final String COLUMNS = "id, hook, event, subject, body, at, due, tries";

    private final Database database;

    NoticeRows(Database database) {
        this.database = database;
    }

    /**
     * One message to one webhook. Immutable.
     *
     * @param hook  which webhook
     * @param body  in the form that the webhook takes, without what is signed
     * @param at    when it was made, in milliseconds since 1970
     * @param due   when it may be sent next, in milliseconds since 1970
     * @param tries how often it was sent, or was about to be
     */
    public record NoticeRow(
            String id, String hook, String event, String subject, String body, long at, long due, int tries) {

        /** The same after a claim. */
        public NoticeRow claimed(long until) {
            return new NoticeRow(id, hook, event, subject, body, at, until, tries + 1);
        }
    }

    /** Adds messages, and drops the oldest beyond so many; how many were dropped. */
    public int add(List<NoticeRow> rows, int keep) {
        return database.write(c -> {
            for (NoticeRow row : rows) {
                Sql.update(
                        c,
                        "INSERT INTO notice (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        row.id(),
                        row.hook(),
                        row.event(),
                        row.subject(),
                        row.body(),
                        row.at(),
                        row.due(),
                        row.tries());
            }
            return Sql.update(
                    c,
                    "DELETE FROM notice WHERE id IN (SELECT id FROM notice ORDER BY at DESC, id LIMIT 1000000 OFFSET ?)",
                    keep);
        });
    }

    /** What is due, the longest waiting first. */
    public List<NoticeRow> due(long now, int limit) {
        return database.read(c -> Sql.list(
                c,
                "SELECT " + COLUMNS + " FROM notice WHERE due <= ? ORDER BY due LIMIT ?",
                NoticeRows::row,
                now,
                limit));
    }

    /** Takes a message for a try; false if another process took it. */
    public boolean claim(NoticeRow row, long until) {
        return database.write(c -> Sql.update(
                        c,
                        "UPDATE notice SET due = ?, tries = tries + 1 WHERE id = ? AND due = ? AND tries = ?",
                        until,
                        row.id(),
                        row.due(),
                        row.tries())
                == 1);
    }

    /** Puts a message off. */
    public void later(String id, long due) {
        database.write(c -> Sql.update(c, "UPDATE notice SET due = ? WHERE id = ?", due, id));
    }

    /** Forgets a message that was taken or is given up. */
    public void done(String id) {
        database.write(c -> Sql.update(c, "DELETE FROM notice WHERE id = ?", id));
    }

    private static NoticeRow row(ResultSet row) throws SQLException {
        return new NoticeRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getInt(8));
    }
}
