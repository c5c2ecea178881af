package io.laneway.replay.run;

import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.send.Journal;
import io.laneway.replay.send.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a replay, new or of an earlier run: its results, and beside them the journal of its writes. Confined to one
 * thread.
 */
public record ReplayFiles(Path file, ResultWriter writer, Journal journal, boolean earlier) implements AutoCloseable {

    /** The journal of a file of results. */
    public static Path journal(Path results) {
        return Path.of(results + ".journal");
    }

    /**
     * Opens them.
     *
     * @param earlier whether they are of an earlier run, and are continued
     * @throws IOException if they are there and should not be, or cannot be read
     */
    public static ReplayFiles open(Path results, ReplayHeader header, boolean earlier) throws IOException {
        Path log = journal(results);
        if (!earlier) {
            for (Path file : new Path[] {log, results}) {
                if (Files.exists(file)) {
                    throw new IOException(file + ": is there already (expected: none, or --resume)");
                }
            }
        }
        ResultWriter writer =
                earlier ? ResultWriter.append(results, end(results)) : ResultWriter.create(results, header);
        try {
            return new ReplayFiles(results, writer, Journal.open(log), earlier);
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    private static long end(Path results) throws IOException {
        try (ResultReader reader = ResultReader.open(results)) {
            ReplayedRequest next = reader.next();
            while (next != null) {
                next = reader.next();
            }
            return reader.end();
        }
    }

    /** Tells a replay what an earlier run got. */
    public void resume(Replay replay) throws IOException {
        if (!earlier) {
            return;
        }
        try (ResultReader reader = ResultReader.open(file)) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                replay.resume(next);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (journal) {
            writer.close();
        }
    }
}
