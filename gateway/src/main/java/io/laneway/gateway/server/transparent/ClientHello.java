package io.laneway.gateway.server.transparent;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the name of the server from a TLS client hello (RFC 6066 section 3), which is sent in the clear. Stateless. */
final class ClientHello {

    private static final int RECORD = 5;
    private static final int LONGEST_RECORD = (1 << 14) + 2048;
    private static final int MESSAGE = 4;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int LONGEST_NAME = 255;

    private ClientHello() {}

    /** Whether the record with the hello is all there, or is not one. */
    static boolean whole(ByteBuf in) {
        if (in.readableBytes() < RECORD) {
            return false;
        }
        int length = in.getUnsignedShort(in.readerIndex() + 3);
        return length > LONGEST_RECORD || in.readableBytes() >= RECORD + length;
    }

    /** The name in the first record; null if there is none, or it is malformed. The buffer's reader index stays. */
    static @Nullable String serverName(ByteBuf in) {
        if (in.readableBytes() < RECORD + MESSAGE) {
            return null;
        }
        int length = Math.min(in.getUnsignedShort(in.readerIndex() + 3), in.readableBytes() - RECORD);
        try {
            return name(in.slice(in.readerIndex() + RECORD, length));
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static @Nullable String name(ByteBuf hello) {
        if (hello.readByte() != HELLO) {
            return null;
        }
        hello.skipBytes(MESSAGE - 1 + VERSION_AND_RANDOM);
        hello.skipBytes(hello.readUnsignedByte());
        hello.skipBytes(hello.readUnsignedShort());
        hello.skipBytes(hello.readUnsignedByte());
        ByteBuf extensions = hello.readSlice(hello.readUnsignedShort());
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf body = extensions.readSlice(extensions.readUnsignedShort());
            if (type == SERVER_NAME) {
                body.skipBytes(3);
                String name = body.readCharSequence(body.readUnsignedShort(), StandardCharsets.ISO_8859_1)
                        .toString();
                return name.length() <= LONGEST_NAME && isHost(name) ? name : null;
            }
        }
        return null;
    }

    private static boolean isHost(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
