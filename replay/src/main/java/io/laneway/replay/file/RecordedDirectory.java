package io.laneway.replay.file;

import io.laneway.replay.form.RecordedExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of recordings in a directory and in those below it, by name; none where it is not there. What has no first line
 * is left out: a gateway has just made it, or was stopped while it did. Immutable.
 */
public record RecordedDirectory(Path directory) implements RecordedSource {

    @Override
    public void read(Taker taker) throws IOException {
        for (Path file : files()) {
            try (RecordingReader reader = RecordingReader.open(file)) {
                for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                    taker.take(next);
                }
            }
        }
    }

    /** Where they are. */
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> begun = new ArrayList<>();
        for (Path file : named()) {
            if (LinesReader.hasBegun(file)) {
                begun.add(file);
            }
        }
        return begun;
    }

    private List<Path> named() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
    }
}
