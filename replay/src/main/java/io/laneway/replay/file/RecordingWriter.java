package io.laneway.replay.file;

import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a file of recorded requests: JSON Lines in gzip members. A member ends after {@value #MEMBER_RECORDS} records or
 * {@value #MEMBER_BYTES} bytes, or when it is flushed, and is written at once, so that a file whose writer is killed reads
 * up to its last whole member. Confined to one thread.
 */
public final class RecordingWriter implements AutoCloseable {

    static final int MEMBER_RECORDS = 256;
    static final int MEMBER_BYTES = 1024 * 1024;

    private final FileChannel channel;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ByteArrayOutputStream member = new ByteArrayOutputStream();
    private int records;
    private long size;

    private RecordingWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes a file that only its owner can read, and writes its first line; it must not be there. */
    public static RecordingWriter create(Path file, RecordingHeader header) throws IOException {
        RecordingWriter writer = new RecordingWriter(OwnerFile.create(file));
        try {
            LineWriter.header(header, writer.lines);
            writer.flush();
            return writer;
        } catch (IOException e) {
            writer.channel.close();
            throw e;
        }
    }

    /** Adds a request; it is in the file when its member has ended. */
    public void write(RecordedExchange exchange) throws IOException {
        LineWriter.exchange(exchange, lines);
        records++;
        if (records >= MEMBER_RECORDS || lines.size() >= MEMBER_BYTES) {
            flush();
        }
    }

    /** Requests that are in no member yet. */
    public int pending() {
        return records;
    }

    /** Bytes of the file so far. */
    public long size() {
        return size;
    }

    /**
     * Ends the member and writes it. If that fails, the file is as it was before the member, whose records are lost.
     */
    public void flush() throws IOException {
        if (lines.size() == 0) {
            return;
        }
        member.reset();
        try (FastGzip gzip = new FastGzip(member)) {
            lines.writeTo(gzip);
        }
        lines.reset();
        records = 0;
        append(ByteBuffer.wrap(member.toByteArray()));
    }

    private void append(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            size += count;
        } catch (IOException e) {
            // half a member in the middle would end the file for its readers
            channel.truncate(size);
            channel.position(size);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            channel.close();
        }
    }

    /** The quickest level: a recording is written while requests run. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
