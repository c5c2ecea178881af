package io.laneway.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the end of one HTTP/1.1 response with a {@code Content-Length}, fed in pieces. It reads no more than a load needs:
 * the status and the length. Confined to one thread.
 */
final class ResponseReader {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = 9;

    private final byte[] line = new byte[8192];
    private int lineLength;
    private int status;
    private long bodyLeft;
    private boolean inBody;

    /** Reads on; true when the response is whole. */
    boolean read(ByteBuffer bytes) {
        while (!inBody && bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next != '\n') {
                if (next != '\r' && lineLength < line.length) {
                    line[lineLength++] = next;
                }
                continue;
            }
            endOfLine();
        }
        if (!inBody) {
            return false;
        }
        bodyLeft -= bytes.remaining();
        bytes.position(bytes.limit());
        return bodyLeft <= 0;
    }

    private void endOfLine() {
        if (status == 0) {
            status = (int) number(STATUS_AT, Math.min(lineLength, STATUS_AT + 3));
        } else if (lineLength == 0) {
            inBody = true;
        } else if (isLength()) {
            bodyLeft = number(LENGTH.length, lineLength);
        }
        lineLength = 0;
    }

    private boolean isLength() {
        if (lineLength < LENGTH.length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if (Character.toLowerCase(line[i]) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int until) {
        long value = 0;
        for (int i = from; i < until; i++) {
            if (line[i] >= '0' && line[i] <= '9') {
                value = value * 10 + line[i] - '0';
            }
        }
        return value;
    }

    int status() {
        return status;
    }

    void reset() {
        lineLength = 0;
        status = 0;
        bodyLeft = 0;
        inBody = false;
    }
}
