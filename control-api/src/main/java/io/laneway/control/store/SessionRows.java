package io.laneway.control.store;

import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.Sql;
import java.util.HashMap;
import java.util.Map;

/** When the sessions of a subject were ended before their time. Safe for many threads; blocks. */
public final class SessionRows {

    private final Database database;

    SessionRows(Database database) {
        this.database = database;
    }

    /** Ends those that a subject began until a time, notes who did, and forgets ends before another time. */
    public void end(String subject, long at, AuditRow audit, long forgotten) {
        database.write(c -> Sql.update(c, "DELETE FROM session_end WHERE at < ?", forgotten)
                + Sql.update(
                        c,
                        "INSERT INTO session_end (subject, at) VALUES (?, ?) ON CONFLICT (subject) DO UPDATE SET"
                                + " at = CASE WHEN excluded.at > session_end.at THEN excluded.at ELSE session_end.at END",
                        subject,
                        at)
                + HistoryRows.note(c, audit));
    }

    /** The ends by subject. */
    public Map<String, Long> ends() {
        Map<String, Long> ends = new HashMap<>();
        database.read(c ->
                Sql.list(c, "SELECT subject, at FROM session_end", row -> ends.put(row.getString(1), row.getLong(2))));
        return ends;
    }
}
