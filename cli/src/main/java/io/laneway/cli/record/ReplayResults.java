package io.laneway.cli.record;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.ResultWriter;
import io.laneway.replay.send.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of results of a replay, new or of an earlier run. Confined to one thread. */
record ReplayResults(Path file, ResultWriter writer, boolean earlier) implements AutoCloseable {

    static ReplayResults open(Path file, ReplayHeader header, boolean earlier) throws IOException {
        if (!earlier) {
            if (Files.exists(file)) {
                throw new CommandFailed(file + ": is there already (expected: none, or --resume)");
            }
            return new ReplayResults(file, ResultWriter.create(file, header), false);
        }
        try (ResultReader reader = ResultReader.open(file)) {
            ReplayedRequest next = reader.next();
            while (next != null) {
                next = reader.next();
            }
            return new ReplayResults(file, ResultWriter.append(file, reader.end()), true);
        }
    }

    /** Tells a replay what an earlier run got. */
    void resume(Replay replay) throws IOException {
        if (!earlier) {
            return;
        }
        try (ResultReader reader = ResultReader.open(file)) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                replay.resume(next);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
