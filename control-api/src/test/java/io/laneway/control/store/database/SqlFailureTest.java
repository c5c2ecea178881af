package io.laneway.control.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What each failure of a database means: the words for it, and whether it may be done again. */
class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        // state, words, lost, again
        "53100, no space is left on the disk of the store,                                        false, false",
        "53300, the database takes no more connections,                   false, false",
        "25006, the store is read-only,                                   true,  true",
        "25P03, this replica made no progress within a transaction,       true,  true",
        "55P03, another replica holds the table for too long,             false, false",
        "57014, the database took too long to respond,                    false, false",
        "57P01, there is no connection to the database,                   true,  true",
        "08006, there is no connection to the database,                   true,  true",
        "08001, there is no connection to the database,                   true,  true",
        "42601, what the driver said,                                     false, false"
    })
    void aStateOfPostgresHasItsWordsAndSaysWhetherTheConnectionWasLost(
            String state, String words, boolean lost, boolean again) {
        SQLException failure = new SQLException("what the driver said", state);

        assertThat(SqlFailure.of(failure)).hasMessage("store: " + words);
        assertThat(SqlFailure.of(failure).unclear()).isFalse();
        assertThat(SqlFailure.lost(failure)).isEqualTo(lost);
        assertThat(SqlFailure.again(failure)).isEqualTo(again);
        assertThat(SqlFailure.leavesOpen(failure)).as("a commit that ended so").isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL,             no space is left on the disk of the store,                      false",
        "SQLITE_READONLY,         the store is read-only,                 false",
        "SQLITE_READONLY_DBMOVED, the store is read-only,                 false",
        "SQLITE_CANTOPEN,         the file of the store cannot be opened, false",
        "SQLITE_CORRUPT,          the file of the store is damaged,       false",
        "SQLITE_NOTADB,           the file of the store is damaged,       false",
        "SQLITE_CONSTRAINT,       what the driver said,                   false"
    })
    void aCodeOfSqliteHasItsWordsByItsPrimaryPart(SQLiteErrorCode code, String words, boolean open) {
        SQLException failure = new SQLiteException("what the driver said", code);

        assertThat(SqlFailure.of(failure)).hasMessage("store: " + words);
        assertThat(SqlFailure.again(failure)).isFalse();
        assertThat(SqlFailure.leavesOpen(failure)).isEqualTo(open);
    }

    @Test
    void aDiskThatFailedAmidTheCommitLeavesItOpen() {
        assertThat(SqlFailure.leavesOpen(new SQLiteException("disk", SQLiteErrorCode.SQLITE_IOERR)))
                .isTrue();
        assertThat(SqlFailure.leavesOpen(new SQLiteException("disk", SQLiteErrorCode.SQLITE_IOERR_FSYNC)))
                .as("an extended code of it")
                .isTrue();
    }

    @Test
    void anUnclearCommitIsSaidSoAndNeverDoneAgain() {
        SQLException unclear = new SqlFailure.Unclear(new SQLException("cut", "08006"));

        assertThat(SqlFailure.lost(unclear)).isTrue();
        assertThat(SqlFailure.again(unclear)).isFalse();
        assertThat(SqlFailure.of(unclear).unclear()).isTrue();
    }

    @Test
    void thePoolsFailureIsSaidByWhatTheDatabaseSaid() {
        SQLException pool = new SQLTransientConnectionException("pool", new SQLException("full up", "53300"));

        assertThat(SqlFailure.of(pool)).hasMessage("store: the database takes no more connections");
        assertThat(SqlFailure.again(new SQLTransientConnectionException("pool", new SQLException("cut", "08006"))))
                .as("the pool waited for it already")
                .isFalse();
    }
}
