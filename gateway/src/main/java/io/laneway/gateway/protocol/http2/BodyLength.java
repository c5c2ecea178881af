package io.laneway.gateway.protocol.http2;

/**
 * The bytes of a body that its head announced and that are still to come (RFC 9113 section 8.1.1). Confined to one event
 * loop.
 */
final class BodyLength {

    private long left;

    /** @param announced negative if the head announced no length */
    BodyLength(long announced) {
        this.left = announced;
    }

    /** The head is there: the bytes that it announces, negative for none. */
    void announce(long bytes) {
        left = bytes;
    }

    /** Takes note of a part of the body; false if it breaks the announcement. */
    boolean takes(int bytes, boolean end) {
        if (left < 0) {
            return true;
        }
        left -= bytes;
        return left >= 0 && (!end || left == 0);
    }

    /** Whether announced bytes are still to come. */
    boolean open() {
        return left > 0;
    }

    /** Bytes to come, negative if the head announced no length. */
    long left() {
        return left;
    }
}
