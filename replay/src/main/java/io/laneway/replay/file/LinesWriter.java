package io.laneway.replay.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes JSON Lines in gzip members. A member ends after {@value #MEMBER_LINES} lines or {@value #MEMBER_BYTES} bytes, or
 * when it is flushed, and is written at once, so that a file whose writer is killed reads up to its last whole member.
 * Confined to one thread.
 */
public final class LinesWriter implements AutoCloseable {

    static final int MEMBER_LINES = MemberBuffer.LINES;
    static final int MEMBER_BYTES = MemberBuffer.BYTES;

    private final FileChannel channel;
    private final FilePlace place;
    private MemberBuffer member = new MemberBuffer();
    private long size;

    private LinesWriter(FileChannel channel, FilePlace place, long size) {
        this.channel = channel;
        this.place = place;
        this.size = size;
    }

    /** Makes a file that only its owner can read, with its first line; it must not be there. None is left if that fails. */
    public static LinesWriter create(Path file, Line first) throws IOException {
        return create(file, OwnerFile::create, first);
    }

    /** The same, where files are opened in another way. */
    static LinesWriter create(Path file, FileOpener opener, Line first) throws IOException {
        FileChannel channel = opener.open(file);
        try {
            LinesWriter writer = new LinesWriter(channel, FilePlace.of(file), 0);
            writer.write(first);
            writer.flush();
            return writer;
        } catch (IOException e) {
            channel.close();
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
            return new LinesWriter(channel, FilePlace.of(file), end);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Adds a line; it is in the file when its member has ended. If it fails half-way, nothing of it is written. */
    public void write(Line next) throws IOException {
        add(next);
        if (isFull()) {
            flush();
        }
    }

    /** Adds a line to the member and does not end it. If it fails half-way, nothing of it is there. */
    void add(Line next) throws IOException {
        member.add(next);
    }

    /** Whether the member is to be flushed before the next line. */
    boolean isFull() {
        return member.isFull();
    }

    /** Whether its path still names the file; else the file was removed or renamed, or its directory was. */
    boolean isInPlace() {
        return place.isKept();
    }

    /** Takes the lines of another writer that are in no member yet, in exchange for its own, which has none. */
    void takeOver(LinesWriter other) {
        MemberBuffer none = member;
        member = other.member;
        other.member = none;
    }

    /** Lines that are in no member yet. */
    public int pending() {
        return member.pending();
    }

    /** Bytes of the file so far. */
    public long size() {
        return size;
    }

    /**
     * Ends the member and writes it. If that fails, the file is as it was before the member, whose records are lost.
     */
    public void flush() throws IOException {
        if (member.pending() > 0) {
            append(ByteBuffer.wrap(member.end()));
        }
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
}
