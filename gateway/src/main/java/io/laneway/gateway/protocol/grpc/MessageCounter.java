package io.laneway.gateway.protocol.grpc;

import io.netty.buffer.ByteBuf;

/**
 * Counts the messages in one direction of a call as their bytes pass: each is a flag, four bytes of length, and so many
 * bytes. Reads the prefixes alone. Confined to one event loop.
 */
final class MessageCounter {

    private static final int PREFIX = 5;

    private int prefix;
    private long left;

    void start() {
        prefix = 0;
        left = 0;
    }

    /** How many messages end in these bytes, which are left as they are. */
    int count(ByteBuf data) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        int messages = 0;
        while (at < end) {
            if (prefix < PREFIX) {
                at = prefix(data, at, end);
            } else {
                int n = (int) Math.min(left, end - at);
                left -= n;
                at += n;
            }
            if (prefix == PREFIX && left == 0) {
                prefix = 0;
                messages++;
            }
        }
        return messages;
    }

    private int prefix(ByteBuf data, int from, int end) {
        if (prefix == 0 && end - from >= PREFIX) {
            prefix = PREFIX;
            left = data.getUnsignedInt(from + 1);
            return from + PREFIX;
        }
        left = prefix == 0 ? 0 : left << Byte.SIZE | data.getUnsignedByte(from);
        prefix++;
        return from + 1;
    }
}
