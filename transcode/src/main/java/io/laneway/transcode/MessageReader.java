package io.laneway.transcode;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The messages of a response of gRPC, whole, out of pieces cut anywhere. Confined to one event loop. */
final class MessageReader {

    /** Bytes of a message at most, as gRPC's servers and clients have it by default. */
    static final int MAX = 4 * 1024 * 1024;

    private static final int PREFIX = 5;

    private int prefix;
    private boolean compressed;
    private long length;
    private byte @Nullable [] message;
    private int filled;
    private @Nullable String problem;

    /** The next message that is whole by these bytes, of which it takes as many as it needs; null if none is. */
    byte @Nullable [] next(ByteBuf data) {
        while (prefix < PREFIX && data.isReadable()) {
            int octet = data.readUnsignedByte();
            if (prefix == 0) {
                compressed = octet != 0;
                length = 0;
            } else {
                length = length << Byte.SIZE | octet;
            }
            prefix++;
        }
        if (prefix < PREFIX || !isFit()) {
            return null;
        }
        byte[] into = message == null ? new byte[(int) length] : message;
        int n = Math.min(into.length - filled, data.readableBytes());
        data.readBytes(into, filled, n);
        filled += n;
        if (filled < into.length) {
            message = into;
            return null;
        }
        message = null;
        filled = 0;
        prefix = 0;
        return into;
    }

    private boolean isFit() {
        if (compressed) {
            problem = "the upstream compressed a message";
        } else if (length > MAX) {
            problem = "the upstream sent a message of " + length + " bytes (expected: at most " + MAX + ")";
        }
        return problem == null;
    }

    /** Why no message can be read any more, null if they can. */
    @Nullable
    String problem() {
        return problem;
    }
}
