package io.laneway.cli.record;

import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.s3.S3Client;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a bucket that are recordings. Immutable.
 *
 * @param recording the one that is wanted, null for any
 */
record FetchedObjects(
        S3Client client, String prefix, @Nullable String recording) implements FetchedRecording {

    @Override
    public long writeTo(RecordingWriter writer) throws IOException {
        long requests = 0;
        Path object = Files.createTempFile("laneway-object", ".jsonl.gz");
        try {
            for (S3Client.Stored each : client.list(prefix)) {
                if (each.key().endsWith(".jsonl.gz")) {
                    try (InputStream in = client.get(each.key())) {
                        Files.copy(in, object, StandardCopyOption.REPLACE_EXISTING);
                    }
                    requests += copy(object, writer);
                }
            }
        } finally {
            Files.deleteIfExists(object);
        }
        return requests;
    }

    private long copy(Path object, RecordingWriter writer) throws IOException {
        long requests = 0;
        try (RecordingReader reader = RecordingReader.open(object)) {
            if (recording != null && !recording.equals(reader.header().recording())) {
                return 0;
            }
            for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                writer.write(next);
                requests++;
            }
        }
        return requests;
    }
}
