package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;

/**
 * Reads the protocol that a request wants to continue in (RFC 9110 section 7.8). Any protocol passes, as opaque bytes,
 * but another version of HTTP and TLS: relayed blindly, those would let requests pass that the gateway has not seen.
 * Stateless.
 */
final class Upgrades {

    private Upgrades() {}

    /** Whether the one protocol asked for is {@code h2c}. */
    static boolean isH2c(HeaderLines lines) {
        int line = lines.find(Field.UPGRADE, 0);
        return line >= 0
                && lines.find(Field.UPGRADE, line + 1) < 0
                && Chars.spell(lines.array(), lines.valueOffset(line), lines.valueLength(line), "h2c");
    }

    /** Whether every protocol asked for may pass, and there is one. */
    static boolean mayPass(HeaderLines lines) {
        boolean some = false;
        for (int line = lines.find(Field.UPGRADE, 0); line >= 0; line = lines.find(Field.UPGRADE, line + 1)) {
            int start = lines.valueOffset(line);
            int protocols = list(lines.array(), start, start + lines.valueLength(line));
            if (protocols < 0) {
                return false;
            }
            some |= protocols > 0;
        }
        return some;
    }

    /** How many protocols a line names, -1 if it is malformed or one may not pass. */
    private static int list(byte[] array, int from, int end) {
        int protocols = 0;
        int at = from;
        while (at < end) {
            while (at < end && (array[at] == ',' || Chars.isBlank(array[at]))) {
                at++;
            }
            int start = at;
            at = protocol(array, at, end);
            if (at < 0) {
                return -1;
            }
            protocols += at > start ? 1 : 0;
            while (at < end && Chars.isBlank(array[at])) {
                at++;
            }
            if (at < end && array[at] != ',') {
                return -1;
            }
        }
        return protocols;
    }

    /** Where a protocol ends, a token with or without a version; -1 for one that may not pass. */
    private static int protocol(byte[] array, int start, int end) {
        int name = token(array, start, end);
        if (name > start && isOurs(array, start, name - start)) {
            return -1;
        }
        if (name == start || name == end || array[name] != '/') {
            return name;
        }
        int version = token(array, name + 1, end);
        return version == name + 1 ? -1 : version;
    }

    private static int token(byte[] array, int start, int end) {
        int at = start;
        while (at < end && Chars.TOKEN[array[at] & 0xff]) {
            at++;
        }
        return at;
    }

    private static boolean isOurs(byte[] array, int offset, int length) {
        return Chars.spell(array, offset, length, "h2c")
                || Chars.spell(array, offset, length, "h2")
                || Chars.spell(array, offset, length, "http")
                || Chars.spell(array, offset, length, "tls");
    }
}
