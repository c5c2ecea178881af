package io.laneway.control.store.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an {@link SQLException} means, in words for those who run the store. Stateless. */
public final class SqlFailure {

    private static final String FULL = "no space is left on the disk of the store";
    private static final String DISK = "the disk of the store cannot be read or written";
    private static final String LOCKED = "another process has locked the store";
    private static final String READ_ONLY = "the store is read-only";
    private static final String LOST = "there is no connection to the database";

    /** By primary result code, <a href="https://sqlite.org/rescode.html">sqlite.org/rescode.html</a>. */
    private static final Map<Integer, String> SQLITE = Map.of(
            SQLiteErrorCode.SQLITE_FULL.code, FULL,
            SQLiteErrorCode.SQLITE_IOERR.code, DISK,
            SQLiteErrorCode.SQLITE_READONLY.code, READ_ONLY,
            SQLiteErrorCode.SQLITE_PERM.code, READ_ONLY,
            SQLiteErrorCode.SQLITE_BUSY.code, LOCKED,
            SQLiteErrorCode.SQLITE_LOCKED.code, LOCKED,
            SQLiteErrorCode.SQLITE_CANTOPEN.code, "the file of the store cannot be opened",
            SQLiteErrorCode.SQLITE_CORRUPT.code, "the file of the store is damaged",
            SQLiteErrorCode.SQLITE_NOTADB.code, "the file of the store is damaged");

    /** By SQLSTATE, PostgreSQL's appendix A. */
    private static final Map<String, String> POSTGRES = Map.of(
            "53100", FULL,
            "53300", "the database takes no more connections",
            "58030", DISK,
            "25006", READ_ONLY,
            "55P03", "another replica holds the table for too long",
            "57014", "the database took too long to respond",
            "25P03", "this replica made no progress within a transaction");

    private SqlFailure() {}

    /** The failure for those above the store. */
    static StoreException of(SQLException e) {
        return new StoreException("store: " + words(e), e, e instanceof Unclear);
    }

    /** Whether the connection, not the statement, failed: another connection may do what this one did not. */
    public static boolean lost(SQLException e) {
        String state = known(e).getSQLState();
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P")
                        || state.equals("25P03")
                        || state.equals("25006"));
    }

    /** Whether to do it once more, as nothing was done and a fresh connection may do better. */
    static boolean again(SQLException e) {
        return lost(e) && !(e instanceof Unclear) && !(e instanceof SQLTransientConnectionException);
    }

    /** Whether a commit that failed so may have been made: a lost response, or a disk that may have the last page. */
    static boolean leavesOpen(SQLException e) {
        return e instanceof SQLiteException ? (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_IOERR.code : lost(e);
    }

    private static String words(SQLException thrown) {
        SQLException e = known(thrown);
        String words = e instanceof SQLiteException
                ? SQLITE.get(e.getErrorCode() & 0xff)
                : e.getSQLState() == null ? null : POSTGRES.get(e.getSQLState());
        if (words != null) {
            return words;
        }
        return lost(thrown) ? LOST : String.valueOf(e.getMessage());
    }

    /** The failure of the database below that of the pool. */
    private static SQLException known(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException known && !(cause instanceof Unclear) && said(known)) {
                return known;
            }
        }
        return e;
    }

    private static boolean said(SQLException e) {
        return e instanceof SQLiteException || e.getSQLState() != null;
    }

    /** The commit failed, so that only the store knows whether it was made. */
    static final class Unclear extends SQLException {

        private static final long serialVersionUID = 1L;

        Unclear(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
        }
    }
}
