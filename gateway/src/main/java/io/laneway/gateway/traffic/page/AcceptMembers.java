package io.laneway.gateway.traffic.page;

/**
 * The members of one line of {@code Accept}, one after the other: a media range, and its quality in thousandths. A quality
 * that cannot be read is 0, as no is what does no harm; other parameters count for nothing. Confined to one thread.
 */
final class AcceptMembers {

    private static final int WHOLE = 1000;

    private final byte[] from;
    private final int end;
    private int at;
    private int start;
    private int stop;
    private int quality;

    AcceptMembers(byte[] from, int offset, int length) {
        this.from = from;
        this.at = offset;
        this.end = offset + length;
    }

    /** Goes to the next member; false at the end. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        start = skipSpace(at, end);
        int close = find(at, end, ',');
        int range = find(start, close, ';');
        stop = skipSpaceBack(start, range);
        quality = WHOLE;
        for (int semicolon = range; semicolon < close; semicolon = find(semicolon + 1, close, ';')) {
            parameter(skipSpace(semicolon + 1, close), find(semicolon + 1, close, ';'));
        }
        at = close + 1;
        return true;
    }

    /** Whether the range is that one, in lower case, whatever its own case. */
    boolean is(String range) {
        if (stop - start != range.length()) {
            return false;
        }
        for (int i = 0; i < range.length(); i++) {
            byte c = from[start + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != range.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** In thousandths. */
    int quality() {
        return quality;
    }

    private void parameter(int begin, int close) {
        if (begin < close && (from[begin] | 0x20) == 'q') {
            int equals = skipSpace(begin + 1, close);
            if (equals == close) {
                quality = 0;
            } else if (from[equals] == '=') {
                int value = skipSpace(equals + 1, close);
                quality = thousandths(value, skipSpaceBack(value, close));
            }
        }
    }

    /** RFC 9110 section 12.4.2: 0 or 1, with three decimals at most. */
    private int thousandths(int begin, int close) {
        int digits = close - begin;
        boolean form = digits == 1 || (digits >= 2 && digits <= 5 && from[begin + 1] == '.');
        if (!form || from[begin] < '0' || from[begin] > '1') {
            return 0;
        }
        int value = (from[begin] - '0') * WHOLE;
        int unit = WHOLE / 10;
        for (int i = begin + 2; i < close; i++, unit /= 10) {
            if (from[i] < '0' || from[i] > '9') {
                return 0;
            }
            value += (from[i] - '0') * unit;
        }
        return value > WHOLE ? 0 : value;
    }

    /** Where the sign is next outside of quotes. */
    private int find(int begin, int close, char sign) {
        boolean quoted = false;
        for (int i = begin; i < close; i++) {
            if (from[i] == '"') {
                quoted = !quoted;
            } else if (quoted && from[i] == '\\') {
                i++;
            } else if (!quoted && from[i] == sign) {
                return i;
            }
        }
        return close;
    }

    private int skipSpace(int begin, int close) {
        int i = begin;
        while (i < close && (from[i] == ' ' || from[i] == '\t')) {
            i++;
        }
        return i;
    }

    private int skipSpaceBack(int begin, int close) {
        int i = close;
        while (i > begin && (from[i - 1] == ' ' || from[i - 1] == '\t')) {
            i--;
        }
        return i;
    }
}
