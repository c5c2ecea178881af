package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;

/**
 * Reads the {@code Connection} lines of a head and removes them with every field they name (RFC 9110 section 7.6.1).
 * Confined to one event loop.
 */
final class ConnectionOptions {

    private static final long HOP_BY_HOP = Field.CONNECTION.bit()
            | Field.KEEP_ALIVE.bit()
            | Field.PROXY_CONNECTION.bit()
            | Field.TE.bit()
            | Field.TRANSFER_ENCODING.bit()
            | Field.UPGRADE.bit()
            | Field.HTTP2_SETTINGS.bit();

    /** Fields that say how to read or route the message: naming them cannot make them hop-by-hop. */
    private static final long END_TO_END = Field.HOST.bit() | Field.CONTENT_LENGTH.bit();

    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;
    private boolean http2Settings;
    private boolean malformed;

    /** Whether there is anything to read or remove. */
    static boolean mayConcern(HeaderLines lines) {
        return lines.mayHave(HOP_BY_HOP);
    }

    /** Reads and removes the {@code Connection} lines and what they name. */
    void read(HeaderLines lines) {
        close = false;
        keepAlive = false;
        upgrade = false;
        http2Settings = false;
        malformed = false;
        for (int line = lines.find(Field.CONNECTION, 0); line >= 0; line = lines.find(Field.CONNECTION, line + 1)) {
            lines.remove(line);
            tokens(lines, lines.valueOffset(line), lines.valueOffset(line) + lines.valueLength(line));
        }
        lines.remove(Field.KEEP_ALIVE);
        lines.remove(Field.PROXY_CONNECTION);
        lines.remove(Field.HTTP2_SETTINGS);
    }

    boolean close() {
        return close;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean upgrade() {
        return upgrade;
    }

    /** Whether {@code HTTP2-Settings} is named (RFC 7540 section 3.2.1). */
    boolean http2Settings() {
        return http2Settings;
    }

    boolean malformed() {
        return malformed;
    }

    private void tokens(HeaderLines lines, int from, int end) {
        byte[] array = lines.array();
        int p = from;
        while (p < end) {
            while (p < end && (array[p] == ',' || Chars.isBlank(array[p]))) {
                p++;
            }
            int start = p;
            while (p < end && Chars.TOKEN[array[p] & 0xff]) {
                p++;
            }
            if (p > start) {
                token(lines, start, p - start);
            }
            while (p < end && Chars.isBlank(array[p])) {
                p++;
            }
            if (p < end && array[p] != ',') {
                malformed = true;
                return;
            }
        }
    }

    private void token(HeaderLines lines, int offset, int length) {
        byte[] array = lines.array();
        if (Chars.spell(array, offset, length, "keep-alive")) {
            keepAlive = true;
        } else if (Chars.spell(array, offset, length, "close")) {
            close = true;
        } else if (Chars.spell(array, offset, length, "upgrade")) {
            upgrade = true;
        } else if (!Chars.spell(array, offset, length, "te")) {
            http2Settings |= Chars.spell(array, offset, length, "http2-settings");
            removeNamed(lines, offset, length);
        }
    }

    private static void removeNamed(HeaderLines lines, int offset, int length) {
        byte[] array = lines.array();
        for (int line = 0; line < lines.count(); line++) {
            Field field = lines.field(line);
            boolean kept = field != null && (field.bit() & END_TO_END) != 0;
            if (!kept && lines.nameLength(line) == length && same(array, offset, lines.nameOffset(line), length)) {
                lines.remove(line);
            }
        }
    }

    private static boolean same(byte[] array, int a, int b, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(array[a + i]) != lower(array[b + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
}
