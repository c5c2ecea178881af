package io.laneway.replay.record;

import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is in the files of a directory. */
final class Kept {

    private Kept() {}

    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Ids of the requests of all files; a file that ends in half a member is no whole file. */
    static List<String> ids(Path directory) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files(directory)) {
            try (RecordingReader reader = RecordingReader.open(file)) {
                RecordedExchange next = reader.next();
                while (next != null) {
                    ids.add(next.id());
                    next = reader.next();
                }
                if (reader.tail() != null) {
                    throw new AssertionError(file + ": " + reader.tail());
                }
            }
        }
        return ids;
    }
}
