package io.laneway.gateway.protocol.http1;

import io.netty.buffer.ByteBuf;

/** Bytes that endpoints send without a request. Stateless. */
final class UnsolicitedBytes {

    private static final int STATUS = "HTTP/1.1 ".length();

    private UnsolicitedBytes() {}

    /** Whether they are the 408 by which some servers end a connection that was idle for long (RFC 9110 section 15.5.9). */
    static boolean areGoodbye(ByteBuf in) {
        int at = in.readerIndex() + STATUS;
        return in.readableBytes() >= STATUS + 3
                && in.getByte(at) == '4'
                && in.getByte(at + 1) == '0'
                && in.getByte(at + 2) == '8';
    }
}
