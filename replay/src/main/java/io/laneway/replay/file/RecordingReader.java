package io.laneway.replay.file;

import io.laneway.replay.form.LineReader;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of recorded requests, one member in memory at a time. A file that ends within a member was not damaged: its
 * writer was killed, {@link #tail} says so. Confined to one thread.
 */
public final class RecordingReader implements AutoCloseable {

    private final LinesReader lines;

    private RecordingHeader header = new RecordingHeader("", "", Instant.EPOCH, false);

    private RecordingReader(LinesReader lines) {
        this.lines = lines;
    }

    /** Opens the file and reads its first line. */
    public static RecordingReader open(Path path) throws IOException {
        return opened(new RecordingReader(LinesReader.open(path)));
    }

    /** Reads the first line of what has this name; it is closed with the reader, also if that fails. */
    public static RecordingReader of(String name, InputStream in) throws IOException {
        return opened(new RecordingReader(LinesReader.of(name, in)));
    }

    private static RecordingReader opened(RecordingReader reader) throws IOException {
        try {
            reader.header = reader.lines.first(LineReader::header, "{\"form\":\"laneway-recording\",...}");
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Opens the file at the member of that entry. */
    static RecordingReader at(Path path, IndexEntry entry) throws IOException {
        return new RecordingReader(LinesReader.at(path, entry));
    }

    /** What the file says of itself. */
    public RecordingHeader header() {
        return header;
    }

    /** The line that was read last; the first is 1. */
    public long line() {
        return lines.line();
    }

    /** Where the member begins that has the last line. */
    long memberStart() {
        return lines.memberStart();
    }

    /** How many lines the members before that have. */
    long linesBefore() {
        return lines.linesBefore();
    }

    /** What was left behind the last whole member, null if nothing was; known at the end. */
    public @Nullable Tail tail() {
        return lines.tail();
    }

    /** The next request, null at the end. */
    public @Nullable RecordedExchange next() throws IOException {
        while (true) {
            JsonObject object = lines.next();
            if (object == null) {
                return null;
            }
            if (!LineReader.isHeader(object)) {
                return lines.read(object, LineReader::exchange);
            }
            // files that were put together by `cat` have several first lines
            lines.read(object, LineReader::header);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
