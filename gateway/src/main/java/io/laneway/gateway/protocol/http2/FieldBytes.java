package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.netty.util.AsciiString;

/**
 * The grammar of field names and values (RFC 9113 section 8.2.1), which is what keeps one HTTP/2 field one HTTP/1.1 line.
 * Stateless.
 */
final class FieldBytes {

    private static final boolean[] NAME = new boolean[256];
    private static final boolean[] TARGET = new boolean[256];
    private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";
    private static final byte DELETE = 0x7f;

    static {
        for (char c = 0; c < 128; c++) {
            boolean upper = c >= 'A' && c <= 'Z';
            boolean lowerOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            NAME[c] = lowerOrDigit || NAME_MARKS.indexOf(c) >= 0;
            TARGET[c] = lowerOrDigit || upper || "!\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~".indexOf(c) >= 0;
        }
    }

    private FieldBytes() {}

    /** Writes a field as a line and enters it; false, with nothing entered, if it breaks the grammar. */
    static boolean write(HeaderLines lines, AsciiString name, AsciiString value) {
        int start = lines.end();
        int nameLength = name.length();
        int valueLength = value.length();
        if (nameLength == 0 || !isValue(value)) {
            return false;
        }
        int valueStart = start + nameLength + 2;
        byte[] to = lines.reserve(valueStart + valueLength + 2);
        byte[] from = name.array();
        int offset = name.arrayOffset();
        for (int i = 0; i < nameLength; i++) {
            byte c = from[offset + i];
            if (!NAME[c & 0xff]) {
                return false;
            }
            to[start + i] = c;
        }
        to[start + nameLength] = ':';
        to[start + nameLength + 1] = ' ';
        System.arraycopy(value.array(), value.arrayOffset(), to, valueStart, valueLength);
        to[valueStart + valueLength] = '\r';
        to[valueStart + valueLength + 1] = '\n';
        lines.enter(start, nameLength, valueStart, valueLength, valueStart + valueLength + 2);
        return true;
    }

    /** The known field of the line entered last, or null. */
    static @org.jspecify.annotations.Nullable Field last(HeaderLines lines) {
        return lines.field(lines.count() - 1);
    }

    private static boolean isValue(AsciiString value) {
        int length = value.length();
        if (length == 0) {
            return true;
        }
        byte[] array = value.array();
        int offset = value.arrayOffset();
        for (int i = offset; i < offset + length; i++) {
            byte c = array[i];
            if ((c >= 0 && c < ' ' && c != '\t') || c == DELETE) {
                return false;
            }
        }
        return !isBlank(array[offset]) && !isBlank(array[offset + length - 1]);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    /** Whether it is a method: a token in any case. */
    static boolean isMethod(AsciiString method) {
        for (int i = 0; i < method.length(); i++) {
            byte c = method.byteAt(i);
            if (!NAME[(c >= 'A' && c <= 'Z' ? c | 0x20 : c) & 0xff]) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    /** Whether it holds nothing but characters of a request target. */
    static boolean isTarget(AsciiString target) {
        byte[] array = target.array();
        int offset = target.arrayOffset();
        for (int i = offset; i < offset + target.length(); i++) {
            if (!TARGET[array[i] & 0xff]) {
                return false;
            }
        }
        return !target.isEmpty();
    }
}
