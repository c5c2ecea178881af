package io.laneway.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.Sql;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.store.database.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the database below the store does not do what it should. */
class StoreFailuresTest {

    @TempDir
    Path directory;

    private static final String BIG = "x".repeat(200_000);

    @Test
    void aFullDatabaseRefusesWholeAndIsWrittenAgainOnceThereIsRoom() {
        try (Database database = Database.open(new StoreConfig.Sqlite(directory))) {
            assertThat(count(database)).isEqualTo(1);
            // As with a full disk, the statement that needs room fails after others of its transaction did not.
            assertThatThrownBy(() -> database.write(c -> {
                        Sql.run(c, "PRAGMA max_page_count = 1");
                        Sql.update(c, "UPDATE head SET revision = 7");
                        return Sql.update(c, "INSERT INTO snapshot (revision, body) VALUES (7, ?)", BIG);
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("store: no space is left on the disk of the store");
            for (int i = 1; i <= 8; i++) {
                long revision = i;
                assertThat(database.<Long>read(TableRows::revision)).isEqualTo(revision - 1);
                assertThat(database.<Integer>write(c -> Sql.update(
                                c, "UPDATE head SET revision = ? WHERE revision = ?", revision, revision - 1)))
                        .isEqualTo(1);
            }
            assertThat(database.<Integer>read(
                            c -> Sql.list(c, "SELECT 1 FROM snapshot", row -> 1).size()))
                    .isZero();
        }
    }

    @Test
    void aDatabaseThatTurnedReadOnlyIsRefusedAndWrittenAgain() {
        try (Database database = Database.open(new StoreConfig.Sqlite(directory))) {
            assertThatThrownBy(() -> database.write(c -> {
                        Sql.run(c, "PRAGMA query_only = ON");
                        return Sql.update(c, "UPDATE head SET revision = 7");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("store: the store is read-only");
            for (int i = 0; i < 5; i++) {
                assertThat(database.<Integer>write(c -> Sql.update(c, "UPDATE head SET edited = 7")))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aTransactionThatSqliteEndedByItselfLeavesNothingBehind() {
        try (Database database = Database.open(new StoreConfig.Sqlite(directory))) {
            assertThatThrownBy(() -> database.write(c -> {
                        Sql.update(c, "UPDATE head SET revision = 7");
                        // As SQLite does after some failures: what follows would be committed one by one.
                        Sql.run(c, "ROLLBACK");
                        Sql.update(c, "UPDATE head SET edited = 7");
                        throw new SQLException("broken");
                    }))
                    .isInstanceOf(StoreException.class);
            database.write(c -> Sql.update(c, "INSERT INTO snapshot (revision, body) VALUES (1, 'whole')"));
            assertThat(database.<Long>read(TableRows::revision)).isZero();
        }
    }

    private static int count(Database database) {
        return database.read(c -> Sql.list(c, "SELECT 1 FROM head", row -> 1).size());
    }

    @Test
    void aLockedFileIsRefusedAndWrittenAgainOnceItIsFree() throws Exception {
        try (ControlStore store = ControlStore.open(new StoreConfig.Sqlite(directory), Clock.systemUTC())) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("control.db"));
                    Statement lock = other.createStatement()) {
                lock.execute("BEGIN EXCLUSIVE");
                assertThatThrownBy(() -> store.commit(ControlStoreTest.commit(0, "one", null)))
                        .isInstanceOf(StoreException.class)
                        .hasMessage("store: another process has locked the store");
                assertThatThrownBy(store::probe).isInstanceOf(StoreException.class);
            }
            store.probe();
            assertThat(store.commit(ControlStoreTest.commit(0, "one", null))).isTrue();
        }
    }

    @Test
    void aReplicaThatStandsStillAmidATransactionDoesNotStopTheOthers() throws Exception {
        StoreConfig.Postgres config = Postgres.fresh();
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ControlStore store = ControlStore.open(config, Clock.systemUTC());
                Database paused = Database.open(config)) {
            Future<Integer> still = thread.submit(() -> paused.write(c -> {
                Sql.update(c, "UPDATE head SET edited = 99");
                holds.countDown();
                await(goOn);
                return Sql.update(c, "UPDATE head SET edited = 100");
            }));
            assertThat(holds.await(30, TimeUnit.SECONDS)).isTrue();
            long start = System.nanoTime();
            assertThat(store.commit(ControlStoreTest.commit(0, "one", null))).isTrue();
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(10);
            goOn.countDown();
            // Its session is gone: what it had done is not there, and it does all of it once more.
            assertThat(still.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            thread.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }
}
