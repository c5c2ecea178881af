package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.model.Carriers;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Writes the stamp as a member of the {@code baggage} header (W3C Baggage) and leaves all other members as they are.
 * Confined to one event loop.
 */
final class Baggage {

    private static final byte[] KEY = Carriers.MARKER.getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MEMBER = (Carriers.MARKER + "=").getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[] octet = new byte[3];
    private byte[] kept = new byte[256];

    /** Makes {@code stamp} the only member of our key; an empty one removes it. */
    void write(HeaderLines lines, Slice stamp) {
        int line = lines.find(Field.BAGGAGE, 0);
        if (line < 0) {
            if (stamp.length() > 0) {
                append(lines, 0, stamp);
            }
            return;
        }
        if (!concerns(lines)) {
            if (stamp.length() > 0) {
                merge(lines, stamp);
            }
            return;
        }
        merge(lines, stamp);
    }

    private static boolean concerns(HeaderLines lines) {
        for (int line = lines.find(Field.BAGGAGE, 0); line >= 0; line = lines.find(Field.BAGGAGE, line + 1)) {
            byte[] array = lines.array();
            int end = lines.valueOffset(line) + lines.valueLength(line);
            for (int member = lines.valueOffset(line); member < end; member = next(array, member, end)) {
                if (ours(array, member, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All members but ours from all lines, then ours, in one line. */
    private void merge(HeaderLines lines, Slice stamp) {
        int length = 0;
        for (int line = lines.find(Field.BAGGAGE, 0); line >= 0; line = lines.find(Field.BAGGAGE, line + 1)) {
            byte[] array = lines.array();
            int end = lines.valueOffset(line) + lines.valueLength(line);
            int member = lines.valueOffset(line);
            while (member < end) {
                int next = next(array, member, end);
                if (!ours(array, member, end)) {
                    length = keep(array, member, next, length);
                }
                member = next;
            }
            lines.remove(line);
        }
        if (length > 0 || stamp.length() > 0) {
            append(lines, length, stamp);
        }
    }

    private int keep(byte[] array, int from, int to, int length) {
        int start = from;
        int end = to;
        while (end > start && (array[end - 1] == ',' || blank(array[end - 1]))) {
            end--;
        }
        while (start < end && blank(array[start])) {
            start++;
        }
        if (start == end) {
            return length;
        }
        if (kept.length < length + end - start + 1) {
            kept = java.util.Arrays.copyOf(kept, (length + end - start + 1) * 2);
        }
        int at = length;
        if (at > 0) {
            kept[at++] = ',';
        }
        System.arraycopy(array, start, kept, at, end - start);
        return at + end - start;
    }

    private void append(HeaderLines lines, int length, Slice stamp) {
        int start = lines.begin(Field.BAGGAGE.header());
        lines.append(kept, 0, length);
        if (stamp.length() > 0) {
            if (length > 0) {
                lines.text(",");
            }
            lines.append(MEMBER, 0, MEMBER.length);
            encoded(lines, stamp);
        }
        lines.finish(start, Field.BAGGAGE);
    }

    private void encoded(HeaderLines lines, Slice stamp) {
        for (int i = 0; i < stamp.length(); i++) {
            byte c = stamp.byteAt(i);
            boolean plain = c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\' && c != '%';
            if (plain) {
                octet[0] = c;
                lines.append(octet, 0, 1);
            } else {
                octet[0] = '%';
                octet[1] = HEX[(c >> 4) & 0xf];
                octet[2] = HEX[c & 0xf];
                lines.append(octet, 0, 3);
            }
        }
    }

    private static int next(byte[] array, int from, int end) {
        int at = from;
        while (at < end && array[at] != ',') {
            at++;
        }
        return Math.min(end, at + 1);
    }

    private static boolean ours(byte[] array, int from, int end) {
        int at = from;
        while (at < end && blank(array[at])) {
            at++;
        }
        if (at + KEY.length > end) {
            return false;
        }
        for (byte c : KEY) {
            if (array[at++] != c) {
                return false;
            }
        }
        while (at < end && blank(array[at])) {
            at++;
        }
        return at == end || array[at] == '=' || array[at] == ',' || array[at] == ';';
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t';
    }
}
