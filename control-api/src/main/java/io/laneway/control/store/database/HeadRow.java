package io.laneway.control.store.database;

import java.sql.Connection;
import java.sql.SQLException;

/** The one row that each commit changes, and so the lock of those that must not write at once. Stateless. */
public final class HeadRow {

    /** As many pages as a common edit writes. */
    private static final int PAD = 32 << 10;

    private HeadRow() {}

    /** Holds the row until the end of the transaction. */
    public static int lock(Connection connection) throws SQLException {
        return Sql.update(connection, "UPDATE head SET revision = revision WHERE one = 1");
    }

    /**
     * Writes as much as a common edit does, holding what it holds. The pad differs each time, since SQLite does not write
     * a page that stays as it is.
     */
    public static int probe(Connection connection) throws SQLException {
        lock(connection);
        long number = Sql.one(connection, "SELECT number FROM probe", row -> row.getLong(1))
                .orElse(0L);
        return Sql.update(
                connection,
                "UPDATE probe SET number = ?, pad = ? WHERE one = 1",
                number + 1,
                Long.toString(number % 10).repeat(PAD));
    }
}
