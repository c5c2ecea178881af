package io.laneway.control.store.database;

import java.nio.file.Path;
import java.util.Objects;

/** Where the store is. Immutable. */
public sealed interface StoreConfig {

    /**
     * An SQLite database in a directory that one process uses at a time.
     *
     * @param directory made if it is missing; the database is {@code control.db} in it
     */
    record Sqlite(Path directory) implements StoreConfig {
        public Sqlite {
            Objects.requireNonNull(directory, "directory");
        }

        /** The database. */
        public Path file() {
            return directory.resolve("control.db");
        }
    }

    /**
     * A PostgreSQL database that several replicas of the control API share.
     *
     * @param url such as {@code jdbc:postgresql://db:5432/laneway}
     */
    record Postgres(String url, String user, String password) implements StoreConfig {
        public Postgres {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("url: " + url + " (expected: jdbc:postgresql://host:port/database)");
            }
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "Postgres[url=" + url + ", user=" + user + "]";
        }
    }
}
