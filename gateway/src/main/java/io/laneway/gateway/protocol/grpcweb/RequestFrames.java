package io.laneway.gateway.protocol.grpcweb;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Checks the frames of a request as their bytes pass: each is a flag, four bytes of length and a message. Confined to one
 * event loop.
 */
final class RequestFrames {

    private static final int PREFIX = 5;
    private static final int COMPRESSED = 1;

    private int prefix;
    private long left;

    /** What is wrong with these bytes, which are left as they are; null if nothing is. */
    @Nullable
    String check(ByteBuf data) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end) {
            if (prefix == PREFIX) {
                int n = (int) Math.min(left, end - at);
                left -= n;
                at += n;
            } else {
                int octet = data.getUnsignedByte(at);
                if (prefix == 0 && octet > COMPRESSED) {
                    return "a frame with flag " + octet + " (expected: 0 or 1)";
                }
                left = prefix == 0 ? 0 : left << Byte.SIZE | octet;
                prefix++;
                at++;
            }
            if (prefix == PREFIX && left == 0) {
                prefix = 0;
            }
        }
        return null;
    }

    /** Whether a frame has begun that has not ended. */
    boolean amid() {
        return prefix > 0;
    }
}
