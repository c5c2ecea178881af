package io.laneway.replay.run;

import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The requests of a directory of recordings, as many as there is room for. Immutable.
 *
 * @param left those that there was no room for
 */
public record RecordedRequests(List<RecordedExchange> requests, long left) {

    /** What a request takes in memory beside its texts and bodies, roughly. */
    private static final long OVERHEAD = 1_000;

    public RecordedRequests {
        requests = List.copyOf(requests);
    }

    /**
     * How much is read. Immutable.
     *
     * @param requests at most
     * @param bytes of memory at most, roughly
     */
    public record Room(int requests, long bytes) {

        /** As much as there is. */
        public static final Room UNBOUNDED = new Room(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Reads the files of a directory and of those below it, by name; nothing where it is not there. */
    public static RecordedRequests read(Path directory, Room room) throws IOException {
        List<RecordedExchange> kept = new ArrayList<>();
        long left = 0;
        long bytes = 0;
        for (Path file : files(directory)) {
            try (RecordingReader reader = RecordingReader.open(file)) {
                for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                    bytes += left == 0 ? size(next) : 0;
                    if (left > 0 || kept.size() >= room.requests() || bytes > room.bytes()) {
                        left++;
                    } else {
                        kept.add(next);
                    }
                }
            }
        }
        return new RecordedRequests(kept, left);
    }

    /** The files of recordings in a directory and in those below it, by name. */
    public static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
    }

    private static long size(RecordedExchange exchange) {
        RecordedRequest request = exchange.request();
        long size = OVERHEAD + request.target().length() + request.body().bytes().length + fields(request.headers());
        return exchange.response() == null
                ? size
                : size
                        + exchange.response().body().bytes().length
                        + fields(exchange.response().headers());
    }

    private static long fields(List<Field> fields) {
        return fields.stream()
                .mapToLong(field -> 80L + field.name().length() + field.value().length())
                .sum();
    }
}
