package io.laneway.control.store.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in one transaction. A connection whose transaction failed is not used again: SQLite ends some transactions
 * by itself and then refuses to roll back, and a connection that is half-way in one commits what it has when the pool
 * resets it. Closed, it is rolled back whatever its state. Stateless.
 */
final class Transaction {

    private static final Logger log = LoggerFactory.getLogger(Transaction.class);

    private Transaction() {}

    static <T> T run(HikariDataSource pool, Connection connection, SqlWork<T> work) throws SQLException {
        boolean sound = false;
        try {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            commit(connection);
            sound = reset(connection);
            return result;
        } catch (RuntimeException e) {
            connection.rollback();
            sound = reset(connection);
            throw e;
        } finally {
            if (!sound) {
                discard(pool, connection);
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailure.leavesOpen(e) ? new SqlFailure.Unclear(e) : e;
        }
    }

    /** Whether the connection may be used again. */
    private static boolean reset(Connection connection) {
        try {
            connection.setAutoCommit(true);
            return true;
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("connection given up");
            return false;
        }
    }

    private static void discard(HikariDataSource pool, Connection connection) {
        try {
            connection.unwrap(Connection.class).close();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("connection not closed in order");
        }
        pool.evictConnection(connection);
    }
}
