package io.laneway.gateway.protocol.grpcweb;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 (RFC 4648 section 4) that comes in pieces cut anywhere, and may be several texts one behind the other, each with
 * its padding: clients encode what they have. Keeps three characters at most. Confined to one event loop.
 */
final class TextDecoder {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] VALUES = values();
    private static final int QUANTUM = 4;
    private static final int LEAST = 2;

    private int bits;
    private int count;
    private int padding;

    private static byte[] values() {
        byte[] values = new byte[1 << Byte.SIZE];
        Arrays.fill(values, (byte) -1);
        byte[] characters = ALPHABET.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < characters.length; i++) {
            values[characters[i]] = (byte) i;
        }
        return values;
    }

    /** Decodes what it can into a buffer with room for it; false if the text is malformed. */
    boolean decode(ByteBuf text, ByteBuf into) {
        while (text.isReadable()) {
            byte character = text.readByte();
            int value = VALUES[character & 0xff];
            if (value >= 0 && padding == 0) {
                bits = bits << 6 | value;
                count++;
            } else if (character == '=' && count >= LEAST) {
                padding++;
            } else {
                return false;
            }
            if (count + padding == QUANTUM) {
                write(into);
            }
        }
        return true;
    }

    private void write(ByteBuf into) {
        int whole = bits << (6 * padding);
        for (int octet = 0; octet < 3 - padding; octet++) {
            into.writeByte(whole >> (16 - 8 * octet));
        }
        bits = 0;
        count = 0;
        padding = 0;
    }

    /** Whether nothing is left of a text that has not ended. */
    boolean isWhole() {
        return count == 0;
    }
}
