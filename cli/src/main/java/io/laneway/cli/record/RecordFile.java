package io.laneway.cli.record;

import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.har.HarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of recorded requests, a recording or an HTTP Archive by its first byte. Confined to one thread. */
final class RecordFile implements AutoCloseable {

    private static final int GZIP = 0x1f;

    private final @Nullable RecordingReader recording;
    private final @Nullable HarReader archive;

    private RecordFile(@Nullable RecordingReader recording, @Nullable HarReader archive) {
        this.recording = recording;
        this.archive = archive;
    }

    static RecordFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": is not there (expected: a recording or an HTTP Archive)");
        }
        int first;
        try (InputStream in = Files.newInputStream(file)) {
            first = in.read();
        }
        return first == GZIP
                ? new RecordFile(RecordingReader.open(file), null)
                : new RecordFile(null, HarReader.open(file));
    }

    /** The next request, null at the end. */
    @Nullable
    RecordedExchange next() throws IOException {
        return recording != null ? recording.next() : archive != null ? archive.next() : null;
    }

    /** Where the last request was. */
    long line() {
        return recording != null ? recording.line() : archive != null ? archive.line() : 0;
    }

    /** What a reader has to know at the end: that the file ends within a member. Null if there is nothing. */
    @Nullable
    String tail() {
        return recording == null || recording.tail() == null
                ? null
                : recording.tail().toString();
    }

    /** Whether it is an HTTP Archive. */
    boolean isArchive() {
        return archive != null;
    }

    /** The recording's name, empty if it has none. */
    String name() {
        return recording == null ? "" : recording.header().recording();
    }

    @Override
    public void close() throws IOException {
        if (recording != null) {
            recording.close();
        }
        if (archive != null) {
            archive.close();
        }
    }
}
