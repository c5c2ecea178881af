package io.laneway.control.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * Copies a store to and from an SQLite file with the same tables, whatever database it runs on; so a backup of one
 * kind can be restored into the other.
 */
final class Backup {

    private static final List<String> TABLES = List.of(
            "store",
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

    private static final int BATCH = 500;

    private Backup() {}

    static void write(Database from, Path file) {
        if (Files.exists(file)) {
            throw new StoreException("backup: " + file + " exists (expected: a new file)");
        }
        try (Database to = Database.file(file)) {
            from.write(source -> {
                // Holds the head, so that no commit falls between the tables.
                Heads.lock(source);
                return to.write(target -> copyAll(source, target));
            });
        }
    }

    static void read(Database to, Path file, String freshId) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("restore: " + file + " is not there (expected: a file written by backup)");
        }
        try (Database from = Database.file(file)) {
            to.write(target -> {
                Heads.lock(target);
                from.read(source -> copyAll(source, target));
                return Sql.update(target, "UPDATE store SET id = ?, replaces = ''", freshId);
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
        try (PreparedStatement select = source.prepareStatement("SELECT * FROM " + table);
                ResultSet result = select.executeQuery()) {
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
