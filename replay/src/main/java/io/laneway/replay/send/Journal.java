package io.laneway.replay.send;

import io.laneway.replay.file.OwnerFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Which unsafe requests were sent, or were about to be: a file that has each one's sequence on the disk before it is
 * sent, so that a resumed replay sends none of them twice. Confined to one thread.
 */
public final class Journal implements AutoCloseable {

    private final FileChannel channel;
    private final Set<Long> before;

    private Journal(FileChannel channel, Set<Long> before) {
        this.channel = channel;
        this.before = before;
    }

    /** Opens the file, and reads it if it is there. */
    public static Journal open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Journal(OwnerFile.create(file), Set.of());
        }
        Set<Long> before = new HashSet<>();
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        // a line without its end was not on the disk before its request was sent: it was not sent
        int whole = text.lastIndexOf('\n') + 1;
        for (String line : text.substring(0, whole).lines().toList()) {
            before.add(sequence(file, line));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(whole);
        channel.position(whole);
        return new Journal(channel, before);
    }

    private static long sequence(Path file, String line) throws IOException {
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            throw new IOException(file + ": a line that is no number (expected: the journal of a replay)", e);
        }
    }

    /** Whether it was in the file when that was opened. */
    boolean had(long sequence) {
        return before.contains(sequence);
    }

    /** Puts it on the disk; blocks until it is there. */
    void sending(long sequence) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((sequence + "\n").getBytes(StandardCharsets.US_ASCII));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
