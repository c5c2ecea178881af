package io.laneway.replay.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Lines of JSON that become one gzip member (RFC 1952) after {@value #LINES} lines or {@value #BYTES} bytes. Confined to
 * one thread.
 */
public final class MemberBuffer {

    static final int LINES = 256;
    static final int BYTES = 1024 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final ByteArrayOutputStream member = new ByteArrayOutputStream();
    private int pending;

    /** Adds a line. If it fails half-way, nothing of it is there. */
    public void add(Line next) throws IOException {
        line.reset();
        next.writeTo(line);
        line.writeTo(lines);
        pending++;
    }

    /** Lines that are in no member yet. */
    public int pending() {
        return pending;
    }

    /** Whether the member is to end. */
    public boolean isFull() {
        return pending >= LINES || lines.size() >= BYTES;
    }

    /** The member of all lines; the next one begins. Empty if there are none. */
    public byte[] end() throws IOException {
        if (pending == 0) {
            return new byte[0];
        }
        member.reset();
        try (FastGzip gzip = new FastGzip(member)) {
            lines.writeTo(gzip);
        }
        lines.reset();
        pending = 0;
        return member.toByteArray();
    }

    /** The quickest level: a recording is written while requests run. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
