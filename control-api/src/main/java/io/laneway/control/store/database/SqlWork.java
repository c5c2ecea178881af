package io.laneway.control.store.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Work in one connection to the database. */
public interface SqlWork<T> {

    /** Does it; what it throws rolls back the transaction that it is done in. */
    T run(Connection connection) throws SQLException;
}
