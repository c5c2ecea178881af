package io.laneway.cli.demo;

import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is in a recording's files so far. Stateless. */
final class DemoRecording {

    private DemoRecording() {}

    static List<RecordedExchange> read(Path directory) throws IOException {
        List<RecordedExchange> recorded = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return recorded;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".jsonl.gz")).toList()) {
                try (RecordingReader reader = RecordingReader.open(file)) {
                    for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                        recorded.add(next);
                    }
                }
            }
        }
        return recorded;
    }
}
