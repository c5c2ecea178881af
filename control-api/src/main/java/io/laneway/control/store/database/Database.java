package io.laneway.control.store.database;

import com.zaxxer.hikari.HikariDataSource;
import io.laneway.router.access.PrivateFiles;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections to a migrated database. SQLite runs in WAL mode with {@code synchronous=FULL}, so that a
 * commit that returned is on disk. Safe for many threads; every call blocks.
 */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final HikariDataSource pool;
    private final boolean postgres;
    private final @Nullable FileChannel lock;

    private Database(HikariDataSource pool, boolean postgres, @Nullable FileChannel lock) {
        this.pool = pool;
        this.postgres = postgres;
        this.lock = lock;
    }

    /** The database of a store, held against other processes where it is a directory. */
    public static Database open(StoreConfig config) {
        if (config instanceof StoreConfig.Sqlite sqlite) {
            return held(sqlite);
        }
        return new Database(Pools.postgres((StoreConfig.Postgres) config), true, null).migrated();
    }

    private static Database held(StoreConfig.Sqlite config) {
        FileChannel lock = lock(config.directory());
        try {
            return new Database(Pools.sqlite(config.file()), false, lock).migrated();
        } catch (StoreException e) {
            release(lock);
            throw e;
        }
    }

    /** The database of a store beside the process that runs it, without migrating it. */
    public static Database beside(StoreConfig config) {
        if (config instanceof StoreConfig.Sqlite sqlite) {
            if (!Files.isRegularFile(sqlite.file())) {
                throw new StoreException("store: " + sqlite.file() + " is not there (expected: a store)");
            }
            return new Database(Pools.sqlite(sqlite.file()), false, null);
        }
        return new Database(Pools.postgres((StoreConfig.Postgres) config), true, null);
    }

    /** An SQLite database file of its own, such as a backup, without the lock of a running store. */
    public static Database file(Path file) {
        return new Database(Pools.sqlite(file), false, null).migrated();
    }

    private Database migrated() {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/laneway/control/migration")
                    .load()
                    .migrate();
            return this;
        } catch (FlywayException e) {
            close();
            throw new StoreException("store: migrations failed (expected: a database that only Laneway changes)", e);
        }
    }

    private static FileChannel lock(Path directory) {
        try {
            if (!PrivateFiles.directory(directory)) {
                log.atWarn()
                        .addKeyValue("directory", directory)
                        .log("the store's directory keeps its mode (expected: one of this user, for mode 0700)");
            }
            Path file = directory.resolve("lock");
            PrivateFiles.file(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
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

    /** Whether it is PostgreSQL, else SQLite. */
    public boolean postgres() {
        return postgres;
    }

    /** Runs reads in a connection. */
    public <T> T read(SqlWork<T> work) {
        return connected(work);
    }

    /** Runs reads that all see one moment, and keeps no writer of a shared database waiting. */
    public <T> T snapshot(SqlWork<T> work) {
        return transaction(connection -> {
            if (postgres) {
                Sql.run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
            return work.run(connection);
        });
    }

    /** Runs changes in one transaction, committed when this returns, rolled back when the work throws. */
    public <T> T write(SqlWork<T> work) {
        return transaction(connection -> {
            if (!postgres) {
                // Waits for other writers here; one that reads first and then writes would be refused.
                HeadRow.lock(connection);
            }
            return work.run(connection);
        });
    }

    private <T> T transaction(SqlWork<T> work) {
        return connected(connection -> Transaction.run(pool, connection, work));
    }

    /** Does what a broken connection did not do once more: after a restart of the database each of them is broken. */
    private <T> T connected(SqlWork<T> work) {
        try {
            return once(work);
        } catch (SQLException first) {
            if (!SqlFailure.again(first)) {
                throw SqlFailure.of(first);
            }
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        try {
            return once(work);
        } catch (SQLException again) {
            throw SqlFailure.of(again);
        }
    }

    private <T> T once(SqlWork<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        }
    }

    @Override
    public void close() {
        pool.close();
        if (lock != null) {
            release(lock);
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreException("store: cannot release its lock", e);
        }
    }
}
