package io.laneway.control.store.database;

import io.laneway.router.access.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The mode of an SQLite database's files, which hold secrets. Stateless. */
public final class StoreFile {

    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

    private StoreFile() {}

    /** SQLite gives what it puts beside a file the file's own mode, so the file is made before SQLite opens it. */
    public static void keepPrivate(Path file) {
        try {
            PrivateFiles.file(file);
            for (String beside : BESIDE) {
                PrivateFiles.existing(file.resolveSibling(file.getFileName() + beside));
            }
        } catch (IOException e) {
            throw new StoreException("store: " + file + " (expected: a file that can be written)", e);
        }
    }
}
