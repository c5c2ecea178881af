package io.laneway.control.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Pools of connections. What one process does to a shared database is bounded in time, so that one that is paused or
 * gone does not stop the others: decision 0101. Stateless.
 */
final class Pools {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration BUSY = Duration.ofSeconds(3);

    /**
     * The order counts: a session that makes no progress within a transaction is ended before those that wait for its lock give
     * up, and a statement before its socket. The keep-alive ends sessions of machines that are gone.
     */
    private static final String SESSION = "SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '10s';"
            + " SET statement_timeout = '30s'; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
            + " SET tcp_keepalives_count = 3; SET tcp_user_timeout = '20s'";

    private static final int SOCKET_SECONDS = 40;

    private Pools() {}

    static HikariDataSource sqlite(Path file) {
        StoreFile.keepPrivate(file);
        SQLiteConfig options = new SQLiteConfig();
        options.setJournalMode(SQLiteConfig.JournalMode.WAL);
        options.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // The driver begins the next transaction with each commit: one that locks could fail there, after the commit.
        options.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        options.setBusyTimeout((int) BUSY.toMillis());
        SQLiteDataSource source = new SQLiteDataSource(options);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECT.toMillis());
        pool.setPoolName("laneway-sqlite");
        return start(pool, "sqlite " + file);
    }

    static HikariDataSource postgres(StoreConfig.Postgres config) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(config.url());
        pool.setUsername(config.user());
        pool.setPassword(config.password());
        pool.setMaximumPoolSize(6);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECT.toMillis());
        pool.setValidationTimeout(CONNECT.toMillis() / 2);
        pool.setKeepaliveTime(Duration.ofSeconds(30).toMillis());
        pool.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        pool.setConnectionInitSql(SESSION);
        // What the URL says wins.
        pool.addDataSourceProperty("connectTimeout", CONNECT.toSeconds());
        pool.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
        pool.addDataSourceProperty("tcpKeepAlive", true);
        pool.setPoolName("laneway-postgres");
        return start(pool, config.url());
    }

    private static HikariDataSource start(HikariConfig pool, String what) {
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw new StoreException("store: cannot open " + what + " (expected: a database that can be reached)", e);
        }
    }
}
