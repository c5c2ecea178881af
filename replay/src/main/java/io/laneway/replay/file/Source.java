package io.laneway.replay.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Bytes of a file with the position of the next one. Confined to one thread. */
final class Source implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private int next;
    private int end;
    private long before;

    /** @param before position of the stream's first byte in its file */
    Source(InputStream in, long before) {
        this.in = in;
        this.before = before;
    }

    long position() {
        return before + next;
    }

    /** The next byte, which stays the next; -1 at the end. */
    int peek() throws IOException {
        return next < end || fill() ? chunk[next] & 0xff : -1;
    }

    int read() throws IOException {
        int value = peek();
        if (value < 0) {
            throw new EOFException();
        }
        next++;
        return value;
    }

    /** A number of four bytes, the least first. */
    long readInt() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (long) read() << shift;
        }
        return value;
    }

    /** Inflates what comes next; until the inflater has finished, nothing else is read. */
    int inflate(Inflater inflater, byte[] to, int from) throws IOException, DataFormatException {
        if (inflater.needsInput()) {
            if (peek() < 0) {
                throw new EOFException();
            }
            inflater.setInput(chunk, next, end - next);
        }
        int count = inflater.inflate(to, from, to.length - from);
        next = end - inflater.getRemaining();
        return count;
    }

    /** Whether all that is left is zeros, as a file may end after a loss of power; reads them. */
    boolean onlyZeros() throws IOException {
        while (peek() >= 0) {
            if (read() != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        before += end;
        next = 0;
        end = Math.max(in.read(chunk), 0);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
