package io.laneway.cli.chain;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.replay.file.RecordedDirectory;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Recordings of one gateway or of several: a file, or all below a directory. Stateless. */
final class RecordingFiles {

    private RecordingFiles() {}

    /** Gives all requests; that a file ends within a member goes to {@code err}. */
    static void read(Path path, Consumer<RecordedExchange> taker, PrintWriter err) throws IOException {
        if (!Files.exists(path)) {
            throw new CommandFailed(path + ": is not there (expected: a recording or a directory of recordings)");
        }
        for (Path file : Files.isDirectory(path) ? new RecordedDirectory(path).files() : List.of(path)) {
            try (RecordingReader reader = RecordingReader.open(file)) {
                for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                    taker.accept(next);
                }
                if (reader.tail() != null) {
                    err.println(file + ": " + reader.tail());
                }
            }
        }
    }
}
