package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.Slice;

/**
 * One entry of a list to which each proxy adds its own at the right, counted over all lines of the field. Confined to one
 * event loop; used again and again.
 */
final class ForwardedEntry {

    private static final int LONGEST_ADDRESS = 45;

    private int line;
    private int whole;
    private int start;
    private int end;

    /** Finds the n-th entry from the right; false if there are fewer. */
    boolean find(HeaderLines lines, Field field, int n) {
        return entries(lines, field, n) == n;
    }

    /** The same, but the first entry where there are fewer; false if there is none. */
    boolean findOrFirst(HeaderLines lines, Field field, int n) {
        return entries(lines, field, n) > 0;
    }

    /** Moves to the n-th entry from the right, or to the first; returns how many entries it went over. */
    private int entries(HeaderLines lines, Field field, int n) {
        int found = 0;
        if (!lines.mayHave(field.bit())) {
            return 0;
        }
        byte[] array = lines.array();
        for (int at = lines.count() - 1; at >= 0 && found < n; at--) {
            if (lines.field(at) != field || lines.isRemoved(at)) {
                continue;
            }
            int first = lines.valueOffset(at);
            int to = first + lines.valueLength(at);
            while (to >= first && found < n) {
                int comma = to - 1;
                while (comma >= first && array[comma] != ',') {
                    comma--;
                }
                found++;
                line = at;
                trim(array, comma + 1, to);
                to = comma;
            }
        }
        return found;
    }

    private void trim(byte[] array, int from, int to) {
        start = from;
        end = to;
        while (start < end && array[start] <= ' ') {
            start++;
        }
        while (end > start && array[end - 1] <= ' ') {
            end--;
        }
        whole = start;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Points {@code into} at the entry. */
    void value(byte[] array, Slice into) {
        into.set(array, start, end - start);
    }

    /** Whether the entry is that lower-case word in any case. */
    boolean spells(byte[] array, String word) {
        boolean same = end - start == word.length();
        for (int i = 0; same && i < word.length(); i++) {
            same = (array[start + i] | 0x20) == word.charAt(i);
        }
        return same;
    }

    /** Narrows the entry to the IP address that it names, maybe in brackets, with a port or a zone; false if it is none. */
    boolean address(byte[] array) {
        if (start < end && array[start] == '[') {
            start++;
            int bracket = start;
            while (bracket < end && array[bracket] != ']') {
                bracket++;
            }
            end = bracket;
        } else {
            dropPort(array);
        }
        dropZone(array);
        int colons = 0;
        int dots = 0;
        for (int i = start; i < end; i++) {
            colons += array[i] == ':' ? 1 : 0;
            dots += array[i] == '.' ? 1 : 0;
            if (Character.digit(array[i], 16) < 0 && array[i] != '.' && array[i] != ':') {
                return false;
            }
        }
        return end - start <= LONGEST_ADDRESS && (colons >= 2 || dots == 3);
    }

    /** It is the proxy's name of a network, which means nothing here (RFC 4007 section 6). */
    private void dropZone(byte[] array) {
        int zone = start;
        while (zone < end && array[zone] != '%') {
            zone++;
        }
        end = zone;
    }

    /** Of an IPv4 address: one with more colons than one is of IPv6. */
    private void dropPort(byte[] array) {
        int colon = -1;
        for (int i = start; i < end; i++) {
            if (array[i] == ':') {
                if (colon >= 0) {
                    return;
                }
                colon = i;
            }
        }
        end = colon < 0 ? end : colon;
    }

    /** Whether nothing is before the entry. */
    boolean isFirst(HeaderLines lines) {
        Field field = lines.field(line);
        return field != null && lines.find(field, 0) == line && whole == lines.valueOffset(line);
    }

    /** Makes one line of the entry and what is behind it. */
    void dropWhatIsBefore(HeaderLines lines, Field field) {
        int at = line;
        int lineStart = lines.begin(field.header());
        lines.append(lines.array(), whole, lines.valueOffset(at) + lines.valueLength(at) - whole);
        for (int next = lines.find(field, at + 1); next >= 0; next = lines.find(field, next + 1)) {
            lines.text(", ");
            lines.append(lines.array(), lines.valueOffset(next), lines.valueLength(next));
        }
        lines.remove(field);
        lines.finish(lineStart, field);
    }
}
