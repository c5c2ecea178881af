package io.laneway.control.store;

import io.laneway.control.store.Rows.Commit;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.Loaded;
import io.laneway.control.store.Rows.OverlayRow;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.store.Rows.ResponseRow;
import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.HeadRow;
import io.laneway.control.store.database.Sql;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.store.database.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The store of the control API: one durable row of history for each edit, the table as it is, and what the watch
 * has said. A commit is a compare-and-set on the newest revision, so that of two replicas one wins. Safe for many
 * threads; every call blocks, so none is made on an event loop.
 */
public final class ControlStore implements AutoCloseable {

    /** How many published revisions are kept for watchers, replicas and publishers that were away. */
    static final int PUBLISHED_KEPT = 10_000;

    private static final int TRIM_EVERY = 256;

    private final Database database;
    private final boolean shared;
    private final Clock clock;
    private final StoreConfig config;
    private final BackupFiles backups;
    private volatile Identity identity;

    private ControlStore(Database database, StoreConfig config, Clock clock) {
        this.database = database;
        this.shared = config instanceof StoreConfig.Postgres;
        this.clock = clock;
        this.config = config;
        this.backups = new BackupFiles(config);
        this.identity = database.write(c -> Identity.init(c, clock.millis()));
    }

    /** Opens the store, makes or migrates its tables, and gives a new one an id. */
    public static ControlStore open(StoreConfig config, Clock clock) {
        Database database = Database.open(config);
        try {
            return new ControlStore(database, config, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Who this store is, and which stores it was accepted to replace. */
    public Identity identity() {
        return identity;
    }

    /** Whether other processes may write to it too. */
    public boolean shared() {
        return shared;
    }

    /** Lets gateways that follow {@code old} follow this store: where {@code old} is its own id, it takes a new one. */
    public Identity accept(String old) {
        identity = database.write(c -> Identity.accept(c, old, UUID.randomUUID().toString()));
        return identity;
    }

    /** Lets gateways that follow this store, or what it was before it was restored, follow it by a fresh id. */
    public Identity accept() {
        identity = database.write(c -> Identity.accept(c, UUID.randomUUID().toString()));
        return identity;
    }

    /** Reads the identity again, since another replica or a restore may have changed it. */
    public Identity refreshIdentity() {
        identity = database.read(Identity::read);
        return identity;
    }

    /** Everything that a start needs, as of one moment. */
    public Loaded load() {
        return database.snapshot(TableRows::load);
    }

    /** The newest revision. */
    public long revision() {
        return database.read(TableRows::revision);
    }

    /** Refuses while nothing can be written. */
    public void probe() {
        database.write(HeadRow::probe);
    }

    /**
     * Writes one revision, durable when this returns; false if it does not follow the newest. A connection that is lost
     * amid the commit leaves open whether it was made: then the store is asked.
     */
    public boolean commit(Commit commit) {
        try {
            return database.write(c -> write(c, commit));
        } catch (StoreException e) {
            if (!e.unclear()) {
                throw e;
            }
            return new UnclearCommit(database, e).made(commit);
        }
    }

    private boolean write(Connection c, Commit commit) throws SQLException {
        if (!TableRows.commit(c, commit)) {
            return false;
        }
        if (commit.published().revision() % TRIM_EVERY == 0) {
            TableRows.trim(c, commit.published().revision() - PUBLISHED_KEPT);
        }
        if (shared) {
            notifyReplicas(c, commit.published().revision());
        }
        return true;
    }

    private static void notifyReplicas(Connection c, long revision) throws SQLException {
        Sql.one(c, "SELECT pg_notify('laneway', ?)", row -> "", Long.toString(revision));
    }

    /** What was published after a revision, oldest first: at most {@code limit}, and a few megabytes; one at least. */
    public List<PublishedRow> publishedAfter(long revision, int limit) {
        return database.read(c -> TableRows.publishedAfter(c, revision, limit));
    }

    /** The newest of what was published, oldest first, without a gap, bounded by rows and characters. */
    public List<PublishedRow> publishedTail(int maxRows, int maxChars) {
        return database.read(c -> TableRows.publishedTail(c, maxRows, maxChars));
    }

    /** What discovery found after a revision. */
    public List<OverlayRow> overlaysAfter(long revision) {
        return database.read(c -> TableRows.overlaysAfter(c, revision));
    }

    /** Notes the response of a call that made no revision. */
    public void responded(ResponseRow response) {
        beside(null, response, List.of());
    }

    /** Notes what a call does that makes no revision, all of it or nothing. */
    public void beside(@Nullable PlanRow plan, @Nullable ResponseRow response, List<LaneUse> uses) {
        if (plan == null && response == null && uses.isEmpty()) {
            return;
        }
        database.write(c -> {
            TableRows.beside(c, plan, response, uses);
            return uses.size();
        });
    }

    /** The response that a call already got. */
    public Optional<ResponseRow> response(String subject, String call) {
        return database.read(c -> TableRows.response(c, subject, call));
    }

    /** The rows of history. */
    public HistoryRows history() {
        return new HistoryRows(database);
    }

    /** The rows that are kept beside the table. */
    public SideRows side() {
        return new SideRows(database, clock);
    }

    /** What webhooks have not taken yet. */
    public NoticeRows notices() {
        return new NoticeRows(database);
    }

    /** The questions to gateways that are open. */
    public QuestionRows questions() {
        return new QuestionRows(database, shared);
    }

    /** Replays of recordings by gateways. */
    public ReplayRows replays() {
        return new ReplayRows(database, shared);
    }

    /** What this store signs with under a name, in hex digits; {@code fresh} is taken if there is nothing yet. */
    public String secret(String name, String fresh) {
        return database.write(c -> {
            Sql.update(c, "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, fresh);
            return Sql.one(c, "SELECT value FROM secret WHERE name = ?", row -> row.getString(1), name)
                    .orElseThrow(() -> new StoreException("store: no secret " + name + " (expected: one row)"));
        });
    }

    /** What this store keeps secret under a name. */
    public Optional<String> secret(String name) {
        return database.read(c -> Sql.one(c, "SELECT value FROM secret WHERE name = ?", row -> row.getString(1), name));
    }

    /** Forgets what it keeps under a name. */
    public void forgetSecret(String name) {
        database.write(c -> Sql.update(c, "DELETE FROM secret WHERE name = ?", name));
    }

    /** The bearer tokens. */
    public TokenRows tokens() {
        return new TokenRows(database);
    }

    /** The sessions of browsers that were ended before their time. */
    public SessionRows sessions() {
        return new SessionRows(database);
    }

    /** Writes a copy, as an SQLite file, of everything as of one moment; the file must not exist. */
    public void backup(Path file) {
        Backup.write(database, file);
    }

    /** Writes such a copy to a private file of its own, which is deleted once it is sent. */
    public Path backup() {
        Path file = config instanceof StoreConfig.Sqlite sqlite
                ? backups.fresh(
                        sqlite.file(),
                        sqlite.file().resolveSibling(sqlite.file().getFileName() + "-wal"))
                : backups.fresh();
        backup(file);
        return file;
    }

    /** Writes a copy of a store that another process may run, as {@link #backup(Path)} does. */
    public static void backup(StoreConfig config, Path file) {
        try (Database database = Database.beside(config)) {
            Backup.write(database, file);
        }
    }

    /** Replaces everything by a backup. The store takes a new id, which gateways follow once it is accepted. */
    public void restore(Path file) {
        Backup.read(database, file, UUID.randomUUID().toString());
        refreshIdentity();
    }

    /** How this replica hears of what the others wrote; only for a {@linkplain #shared() shared} store. */
    public ReplicaSignal replicaSignal() {
        return new ReplicaSignal(database);
    }

    @Override
    public void close() {
        database.close();
    }
}
