package io.laneway.replay.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes JSON Lines in gzip members. A member ends after {@value #MEMBER_LINES} lines or {@value #MEMBER_BYTES} bytes, or
 * when it is flushed, and is written at once, so that a file whose writer is killed reads up to its last whole member.
 * Confined to one thread.
 */
public final class LinesWriter implements AutoCloseable {

    static final int MEMBER_LINES = 256;
    static final int MEMBER_BYTES = 1024 * 1024;

    private final FileChannel channel;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ByteArrayOutputStream member = new ByteArrayOutputStream();
    private int pending;
    private long size;

    private LinesWriter(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** A line, which writes itself with its end. */
    @FunctionalInterface
    public interface Line {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes a file that only its owner can read, with its first line; it must not be there. None is left if that fails. */
    public static LinesWriter create(Path file, Line first) throws IOException {
        return create(file, OwnerFile::create, first);
    }

    /** The same, where files are opened in another way. */
    static LinesWriter create(Path file, FileOpener opener, Line first) throws IOException {
        LinesWriter writer = new LinesWriter(opener.open(file), 0);
        try {
            writer.write(first);
            writer.flush();
            return writer;
        } catch (IOException e) {
            writer.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Appends to a file behind its whole members, which end at that byte; what is behind them is taken away. */
    public static LinesWriter append(Path file, long end) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            channel.truncate(end);
            channel.position(end);
            return new LinesWriter(channel, end);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Adds a line; it is in the file when its member has ended. If it fails half-way, nothing of it is written. */
    public void write(Line next) throws IOException {
        line.reset();
        next.writeTo(line);
        line.writeTo(lines);
        pending++;
        if (pending >= MEMBER_LINES || lines.size() >= MEMBER_BYTES) {
            flush();
        }
    }

    /** Lines that are in no member yet. */
    public int pending() {
        return pending;
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
        pending = 0;
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
