package io.laneway.replay.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip members (RFC 1952) one by one, each checked whole before it counts. Confined to one thread. The JDK's stream
 * reads on from one member to the next and cannot say where the last whole one ended.
 */
final class MemberReader implements AutoCloseable {

    private static final int HEAD_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int FIRST_BUFFER = 64 * 1024;

    private final int max;
    private final Inflater inflater = new Inflater(true);
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int length;

    /** @param max largest member, in bytes of its content */
    MemberReader(int max) {
        this.max = max;
    }

    /** The content of the member that was read; valid up to the next one. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Forgets the member that was read. */
    void clear() {
        length = 0;
    }

    /**
     * Reads a member.
     *
     * @throws EOFException if the file ends within it
     */
    void read(Source source) throws IOException, MemberDamaged {
        head(source);
        inflater.reset();
        length = 0;
        try {
            inflate(source);
        } catch (DataFormatException e) {
            throw new MemberDamaged("bytes that cannot be inflated", "a gzip member (RFC 1952)");
        }
        CRC32 crc = new CRC32();
        crc.update(buffer, 0, length);
        if (source.readInt() != crc.getValue() || source.readInt() != length) {
            throw new MemberDamaged("the checksum is another", "the bytes that were written");
        }
    }

    private void inflate(Source source) throws IOException, DataFormatException, MemberDamaged {
        while (!inflater.finished()) {
            if (length == buffer.length) {
                if (length >= max) {
                    throw new MemberDamaged("a gzip member of more than " + max + " bytes", "at most that");
                }
                buffer = Arrays.copyOf(buffer, Math.min(max, buffer.length * 2));
            }
            int count = source.inflate(inflater, buffer, length);
            if (inflater.needsDictionary()) {
                throw new DataFormatException();
            }
            length += count;
        }
    }

    private static void head(Source source) throws IOException, MemberDamaged {
        expect(source, 0x1f);
        expect(source, 0x8b);
        expect(source, 8);
        int flags = source.read();
        skip(source, 6);
        if ((flags & EXTRA) != 0) {
            int size = source.read();
            skip(source, size | source.read() << Byte.SIZE);
        }
        for (int named : new int[] {NAME, COMMENT}) {
            while ((flags & named) != 0 && source.read() != 0) {
                // up to the zero at its end
            }
        }
        skip(source, (flags & HEAD_CRC) == 0 ? 0 : 2);
    }

    private static void expect(Source source, int value) throws IOException, MemberDamaged {
        if (source.read() != value) {
            throw new MemberDamaged("bytes that begin no gzip member", "a gzip member (RFC 1952)");
        }
    }

    private static void skip(Source source, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            source.read();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
