package io.laneway.cli.record;

import io.laneway.replay.file.RecordedDirectory;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.run.Gathered;
import io.laneway.replay.run.RecordedRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is replayed: the requests of a file, or of all recordings of a directory. Immutable.
 *
 * @param archive whether they are of one HTTP Archive, and so of one client
 */
record ReplaySource(List<RecordedExchange> requests, boolean archive) {

    ReplaySource {
        requests = List.copyOf(requests);
    }

    /** Reads all of it; that a file ends within a member goes to {@code err}. */
    static ReplaySource read(Path path, PrintWriter err) throws IOException {
        Gathered gathered = new Gathered(RecordedRequests.Room.UNBOUNDED);
        boolean archive = false;
        for (Path file : files(path)) {
            try (RecordFile records = RecordFile.open(file)) {
                archive = !Files.isDirectory(path) && records.isArchive();
                for (RecordedExchange next = records.next(); next != null; next = records.next()) {
                    gathered.add(next);
                }
                if (records.tail() != null) {
                    err.println(file + ": " + records.tail());
                }
            }
        }
        List<RecordedExchange> requests = gathered.requests().requests();
        if (requests.isEmpty()) {
            throw new IOException(path + ": no requests (expected: a recording, a directory of recordings, or a HAR)");
        }
        return new ReplaySource(requests, archive);
    }

    /** Reads all that gateways recorded into a bucket or a topic; what fails is said with its name. */
    static ReplaySource read(String name, RecordedSource fetched) throws IOException {
        Gathered gathered = new Gathered(RecordedRequests.Room.UNBOUNDED);
        try {
            fetched.read(gathered::add);
        } catch (IOException e) {
            throw new IOException(name + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
        List<RecordedExchange> requests = gathered.requests().requests();
        if (requests.isEmpty()) {
            throw new IOException(name + ": no requests (expected: what gateways recorded)");
        }
        return new ReplaySource(requests, false);
    }

    private static List<Path> files(Path path) throws IOException {
        return Files.isDirectory(path) ? new RecordedDirectory(path).files() : List.of(path);
    }
}
