package io.laneway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.control.store.database.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the world outside are one line; bugs keep their stack. */
class FailuresTest {

    private static final CommandSets SETS = CommandSets.found();

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        err.getBuffer().setLength(0);
        return Laneway.commandLine(words)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    @Test
    void whatTheWorldOutsideDoesIsExpectedWhereverItIsInTheChain() {
        assertThat(Failures.expected(new CallFailed("x"), SETS)).isTrue();
        assertThat(Failures.expected(new CommandFailed("x"), SETS)).isTrue();
        assertThat(Failures.expected(new StoreException("x"), SETS)).isTrue();
        assertThat(Failures.expected(new IllegalStateException(new UncheckedIOException(new IOException("x"))), SETS))
                .isTrue();
        assertThat(Failures.expected(new IllegalStateException("a bug"), SETS)).isFalse();
        assertThat(Failures.expected(new NullPointerException(), SETS)).isFalse();
    }

    @Test
    void aLineSaysEveryCauseOnceAndNoMoreThanItsFirstLine() {
        IOException disk = new IOException("no space left\nat block 7");
        assertThat(Failures.line(new StoreException("store: broken", disk))).isEqualTo("store: broken: no space left");
        assertThat(Failures.line(new UncheckedIOException("no space left", new IOException("no space left"))))
                .isEqualTo("no space left");
        assertThat(Failures.line(new StoreException("store: closed", new InterruptedException())))
                .isEqualTo("store: closed: InterruptedException");
    }

    @Test
    void controlCommandsSayInOneLineWhatFailed() throws IOException {
        String store = folder.resolve("store").toString();
        String none = folder.resolve("none.db").toString();
        String bad = Files.writeString(folder.resolve("bad.db"), "no database").toString();
        oneLine(none, "control", "restore", "--data", store, none);
        oneLine("bad.db", "control", "restore", "--data", store, bad);
        oneLine(
                "control.db",
                "control",
                "backup",
                "--data",
                folder.resolve("gone").toString(),
                none);
        oneLine("http://127.0.0.1:1", "control", "backup", "--control", "http://127.0.0.1:1", none);
        oneLine("http://127.0.0.1:1", "control", "accept", "--control", "http://127.0.0.1:1");
        oneLine("store", "control", "--data", bad, "--port", "0");
        oneLine("127.0.0.1:1", "control", "--postgres", "jdbc:postgresql://127.0.0.1:1/x", "--port", "0");
        oneLine(none, "control", "--data", store, "--port", "0", "--tls-certificate", none, "--tls-key", none);
    }

    private void oneLine(String named, String... words) {
        assertThat(run(words)).as(String.join(" ", words)).isEqualTo(1);
        assertThat(err.toString().lines())
                .as(err::toString)
                .hasSize(1)
                .allMatch(line -> line.startsWith("laneway: ") && line.contains(named));
    }
}
