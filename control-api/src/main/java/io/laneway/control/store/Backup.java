package io.laneway.control.store;

import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.HeadRow;
import io.laneway.control.store.database.Sql;
import io.laneway.control.store.database.StoreException;
import io.laneway.control.store.database.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/**
 * Copies a store to and from an SQLite file with the same tables, whatever database it runs on; so a backup of one
 * kind can be restored into the other.
 */
final class Backup {

    private static final List<String> TABLES = List.of(
            "store",
            "former",
            "head",
            "object",
            "history",
            "snapshot",
            "published",
            "overlay_part",
            "answer",
            "token",
            "plan",
            "lane_use",
            "secret",
            "audit");

    private static final int BATCH = 50;
    private static final int FETCH = 50;
    private static final int BUSY_MS = 100;
    private static final int BUSY_TIMES = 50;

    private Backup() {}

    static void write(Database from, Path file) {
        if (Files.exists(file)) {
            throw new StoreException("backup: " + file + " exists (expected: a new file)");
        }
        try {
            StoreFile.keepPrivate(file);
            if (from.postgres()) {
                try (Database to = Database.file(file)) {
                    // Waits for a slow disk of ours; it holds no lock.
                    from.snapshot(source -> {
                        Sql.run(source, "SET LOCAL idle_in_transaction_session_timeout = '5min'");
                        return to.write(target -> copyAll(source, target));
                    });
                    to.read(Backup::whole);
                }
            } else {
                StoreFile.keepPrivate(file);
                from.read(source -> online(source, file));
            }
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    /** Moves all into the file itself: who takes the file does not take the log beside it, and a pool may close late. */
    private static int whole(Connection file) throws SQLException {
        int busy = Sql.one(file, "PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1))
                .orElse(1);
        if (busy != 0) {
            throw new StoreException("backup: the copy is in use (expected: this backup alone has it open)");
        }
        return busy;
    }

    /** SQLite's online backup, in one step: it sees one moment, and writers do not wait for it. */
    private static int online(Connection source, Path file) throws SQLException {
        DB database = source.unwrap(SQLiteConnection.class).getDatabase();
        int code = database.backup("main", file.toAbsolutePath().toString(), null, BUSY_MS, BUSY_TIMES, -1);
        if (code != SQLiteErrorCode.SQLITE_OK.code && code != SQLiteErrorCode.SQLITE_DONE.code) {
            throw DB.newSQLException(code, "backup");
        }
        return code;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StoreException("backup: " + file + " is not whole and cannot be deleted", e);
        }
    }

    static void read(Database to, Path file, String freshId) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("restore: " + file + " is not there (expected: a file written by backup)");
        }
        try (Database from = Database.file(file)) {
            to.write(target -> {
                HeadRow.lock(target);
                Set<String> former = new TreeSet<>(Identity.former(target));
                former.add(Identity.read(target).id());
                from.read(source -> copyAll(source, target));
                former.addAll(Identity.former(target));
                former.add(Identity.read(target).id());
                return Identity.restored(target, freshId, former);
            });
        }
    }

    private static int copyAll(Connection source, Connection target) throws SQLException {
        int rows = 0;
        for (String table : TABLES) {
            Sql.update(target, "DELETE FROM " + table);
            rows += copy(source, target, table);
        }
        return rows;
    }

    private static int copy(Connection source, Connection target, String table) throws SQLException {
        int rows = 0;
        try (PreparedStatement select = source.prepareStatement("SELECT * FROM " + table)) {
            select.setFetchSize(FETCH);
            rows = copy(select.executeQuery(), target, table);
        }
        return rows;
    }

    private static int copy(ResultSet selected, Connection target, String table) throws SQLException {
        int rows = 0;
        try (ResultSet result = selected) {
            int columns = result.getMetaData().getColumnCount();
            String places = String.join(", ", Collections.nCopies(columns, "?"));
            try (PreparedStatement insert =
                    target.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
                while (result.next()) {
                    for (int i = 1; i <= columns; i++) {
                        insert.setObject(i, result.getObject(i));
                    }
                    insert.addBatch();
                    if (++rows % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
        }
        return rows;
    }
}
