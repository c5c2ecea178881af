package io.laneway.control.store;

import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.store.database.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where backups are kept until their client has them: beside the store, whose directory is private and can surely be
 * written, or in the directory for temporary files where the store is elsewhere. Safe for many threads; blocks.
 */
final class BackupFiles {

    private static final String PREFIX = "backup-";
    private static final String SUFFIX = ".part";

    /** What must be left for the store itself once the copy is made, in bytes. */
    private static final long LEFT = 16 << 20;

    private final Path directory;

    BackupFiles(StoreConfig config) {
        this.directory = config instanceof StoreConfig.Sqlite sqlite
                ? sqlite.directory()
                : Path.of(System.getProperty("java.io.tmpdir"));
        if (config instanceof StoreConfig.Sqlite) {
            sweep();
        }
    }

    /** Deletes what a process left that ended amid a backup; the store's lock keeps others away. */
    private void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StoreException("store: " + directory + " (expected: a directory that can be written)", e);
        }
    }

    /** A name that is free, where there is room for a copy of these files. */
    Path fresh(Path... copied) {
        try {
            long size = LEFT;
            for (Path file : copied) {
                size += Files.exists(file) ? Files.size(file) : 0;
            }
            long room = Files.getFileStore(directory).getUsableSpace();
            if (room < size) {
                throw new StoreException(
                        "backup: " + room + " bytes are free at " + directory + " (expected: at least " + size + ")");
            }
        } catch (IOException e) {
            throw new StoreException("backup: " + directory + " (expected: a directory that can be written)", e);
        }
        return directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
    }
}
