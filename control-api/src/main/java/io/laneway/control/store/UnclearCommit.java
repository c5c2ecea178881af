package io.laneway.control.store;

import io.laneway.control.store.Rows.Commit;
import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.HeadRow;
import io.laneway.control.store.database.SqlFailure;
import io.laneway.control.store.database.StoreException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a commit was made whose connection was lost. On a shared database the head row is held for that, so
 * that a session that is still committing ends first. Confined to one thread; blocks for ten seconds at most.
 */
final class UnclearCommit {

    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_MS = 200;

    private final Database database;
    private final StoreException unclear;

    UnclearCommit(Database database, StoreException unclear) {
        this.database = database;
        this.unclear = unclear;
    }

    /**
     * Whether the commit was made. False where another connection may make it.
     *
     * @throws StoreException if it does not seem so and cannot be made, or if the store does not respond
     */
    boolean made(Commit commit) {
        long start = System.nanoTime();
        while (true) {
            try {
                if (held(commit)) {
                    return true;
                }
                break;
            } catch (StoreException e) {
                unclear.addSuppressed(e);
                if (!database.postgres() || System.nanoTime() - start > TIMEOUT_NS || interrupted()) {
                    throw unclear;
                }
            }
        }
        if (unclear.getCause() instanceof SQLException cause && SqlFailure.lost(cause)) {
            return false;
        }
        throw unclear;
    }

    private boolean held(Commit commit) {
        return database.postgres()
                ? database.write(c -> HeadRow.lock(c) == 1 && TableRows.holds(c, commit))
                : database.read(c -> TableRows.holds(c, commit));
    }

    private static boolean interrupted() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
