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

/** The bearer tokens, known by the hash of their secret. Safe for many threads; blocks. */
public final class TokenRows {

    private static final String COLUMNS = "id, hash, subject, role, lanes, created, expires";

    private final Database database;

    TokenRows(Database database) {
        this.database = database;
    }

    /**
     * One token. Immutable.
     *
     * @param pattern of the lanes it may change, empty for all; of the gateways it speaks for in role {@code gateway}
     * @param created milliseconds since 1970
     * @param expires milliseconds since 1970, 0 for never
     */
    public record TokenRow(
            String id, String hash, String subject, String role, String pattern, long created, long expires) {}

    public List<TokenRow> all() {
        return database.read(
                c -> Sql.list(c, "SELECT " + COLUMNS + " FROM token ORDER BY created, id", TokenRows::row));
    }

    public Optional<TokenRow> byHash(String hash) {
        return database.read(c -> Sql.one(c, "SELECT " + COLUMNS + " FROM token WHERE hash = ?", TokenRows::row, hash));
    }

    /** Adds a token, and notes who did. */
    public void add(TokenRow token, AuditRow audit) {
        database.write(c -> insert(c, token) + HistoryRows.note(c, audit));
    }

    /** Adds tokens where there is none at all; false if there is one. */
    public boolean addFirst(List<TokenRow> tokens, AuditRow audit) {
        return database.write(c -> {
            // Of two replicas that start at once, the head row lets one look and add before the other looks.
            HeadRow.lock(c);
            if (Sql.one(c, "SELECT 1 FROM token LIMIT 1", row -> 1).isPresent()) {
                return false;
            }
            for (TokenRow token : tokens) {
                insert(c, token);
            }
            HistoryRows.note(c, audit);
            return true;
        });
    }

    private static int insert(Connection c, TokenRow token) throws SQLException {
        return Sql.update(
                c,
                "INSERT INTO token (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                token.hash(),
                token.subject(),
                token.role(),
                token.pattern(),
                token.created(),
                token.expires());
    }

    /** Revokes a token, and notes who did; false if there is none of that id. */
    public boolean remove(String id, AuditRow audit) {
        return database.write(
                c -> Sql.update(c, "DELETE FROM token WHERE id = ?", id) > 0 && HistoryRows.note(c, audit) > 0);
    }

    private static TokenRow row(ResultSet row) throws SQLException {
        return new TokenRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7));
    }
}
