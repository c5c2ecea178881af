package io.laneway.replay.file;

import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a file of recorded requests: JSON Lines in gzip members of 256 records or 1 MiB at most, so that a file whose
 * writer is killed reads up to its last whole member. Confined to one thread.
 */
public final class RecordingWriter implements AutoCloseable {

    static final int MEMBER_RECORDS = LinesWriter.MEMBER_LINES;
    static final int MEMBER_BYTES = LinesWriter.MEMBER_BYTES;

    private final LinesWriter lines;

    private RecordingWriter(LinesWriter lines) {
        this.lines = lines;
    }

    /** Makes a file that only its owner can read, and writes its first line; none is left if that fails. */
    public static RecordingWriter create(Path file, RecordingHeader header) throws IOException {
        return create(file, header, OwnerFile::create);
    }

    /** The same, where files are opened in another way. */
    public static RecordingWriter create(Path file, RecordingHeader header, FileOpener opener) throws IOException {
        return new RecordingWriter(LinesWriter.create(file, opener, out -> LineWriter.header(header, out)));
    }

    /** Adds a request; it is in the file when its member has ended. If it makes no line, nothing of it is written. */
    public void write(RecordedExchange exchange) throws IOException {
        lines.write(out -> LineWriter.exchange(exchange, out));
    }

    /**
     * Adds a request to the member, which its caller is to flush when it {@linkplain #isFull() is full}. If it makes no line,
     * nothing of it is there.
     */
    public void add(RecordedExchange exchange) throws IOException {
        lines.add(out -> LineWriter.exchange(exchange, out));
    }

    /** Whether the member is to be flushed before the next request. */
    public boolean isFull() {
        return lines.isFull();
    }

    /** Whether its path still names the file; else the file was removed or renamed, or its directory was. */
    public boolean isInPlace() {
        return lines.isInPlace();
    }

    /** Takes the requests of another writer that are in no member yet; this one must have none. */
    public void takeOver(RecordingWriter other) {
        lines.takeOver(other.lines);
    }

    /** Requests that are in no member yet. */
    public int pending() {
        return lines.pending();
    }

    /** Bytes of the file so far. */
    public long size() {
        return lines.size();
    }

    /**
     * Ends the member and writes it. If that fails, the file is as it was before the member, whose records are lost.
     */
    public void flush() throws IOException {
        lines.flush();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
