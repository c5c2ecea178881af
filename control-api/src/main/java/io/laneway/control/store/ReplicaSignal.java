package io.laneway.control.store;

import io.laneway.control.store.database.Database;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Waits for the word of PostgreSQL ({@code LISTEN}/{@code NOTIFY}) that another replica wrote. Confined to one thread;
 * every call blocks.
 */
public final class ReplicaSignal {

    private final Database database;

    ReplicaSignal(Database database) {
        this.database = database;
    }

    /** What is called with every word, and now and then without one in case a word was lost. */
    public interface Woken {
        /** Returns false to stop. */
        boolean woken();
    }

    /** Listens in one connection until it is stopped or the connection breaks. */
    public void listen(int everyMs, Woken woken) {
        database.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN laneway");
            }
            PGConnection postgres = connection.unwrap(PGConnection.class);
            boolean more = woken.woken();
            while (more) {
                postgres.getNotifications(everyMs);
                more = woken.woken();
            }
            return unlisten(connection.createStatement());
        });
    }

    private static boolean unlisten(Statement statement) throws SQLException {
        try (statement) {
            return statement.execute("UNLISTEN laneway");
        }
    }
}
