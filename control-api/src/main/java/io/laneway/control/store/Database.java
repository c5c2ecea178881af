package io.laneway.control.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A pool of connections to a migrated database. SQLite runs in WAL mode with {@code synchronous=FULL}, so that a
 * commit that returned is on disk. Safe for many threads; every call blocks.
 */
final class Database implements AutoCloseable {

    /** Work in one connection. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final int BUSY_MS = 10_000;

    private final HikariDataSource pool;
    private final @Nullable FileChannel lock;

    private Database(HikariDataSource pool, @Nullable FileChannel lock) {
        this.pool = pool;
        this.lock = lock;
    }

    static Database open(StoreConfig config) {
        return config instanceof StoreConfig.Sqlite sqlite
                ? sqlite(sqlite.directory())
                : postgres((StoreConfig.Postgres) config);
    }

    /** An SQLite database file of its own, such as a backup, without the lock of a running store. */
    static Database file(Path file) {
        return migrated(sqlitePool(file), null);
    }

    private static Database sqlite(Path directory) {
        FileChannel lock = lock(directory);
        return migrated(sqlitePool(directory.resolve("control.db")), lock);
    }

    private static HikariDataSource sqlitePool(Path file) {
        SQLiteConfig options = new SQLiteConfig();
        options.setJournalMode(SQLiteConfig.JournalMode.WAL);
        options.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        options.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        options.setBusyTimeout(BUSY_MS);
        SQLiteDataSource source = new SQLiteDataSource(options);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(1);
        pool.setPoolName("laneway-sqlite");
        return start(pool, "sqlite " + file);
    }

    private static Database postgres(StoreConfig.Postgres config) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(config.url());
        pool.setUsername(config.user());
        pool.setPassword(config.password());
        pool.setMaximumPoolSize(6);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(10_000);
        pool.setPoolName("laneway-postgres");
        return migrated(start(pool, config.url()), null);
    }

    private static HikariDataSource start(HikariConfig pool, String what) {
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw new StoreException("store: cannot open " + what + " (expected: a database that can be reached)", e);
        }
    }

    private static Database migrated(HikariDataSource pool, @Nullable FileChannel lock) {
        Database database = new Database(pool, lock);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/laneway/control/migration")
                    .load()
                    .migrate();
            return database;
        } catch (FlywayException e) {
            database.close();
            throw new StoreException("store: migrations failed (expected: a database that only Laneway changes)", e);
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw new StoreException("store: " + directory
                        + " is used by another process (expected: one control API per directory)");
            }
            return channel;
        } catch (IOException e) {
            throw new StoreException("store: " + directory + " (expected: a directory that can be written)", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Runs reads in a connection. */
    <T> T read(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new StoreException("store: " + e.getMessage(), e);
        }
    }

    /** Runs changes in one transaction, committed when this returns, rolled back when the work throws. */
    <T> T write(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException("store: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.close();
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new StoreException("store: cannot release its lock", e);
            }
        }
    }
}
