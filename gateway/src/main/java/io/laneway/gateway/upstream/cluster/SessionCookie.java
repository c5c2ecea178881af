package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.text.Slice;

/**
 * The session cookie of one request and what becomes of it. Its value has up to four parts with dots between, one for each
 * deployment that the client has a session with, so that lanes, and services that share a name, do not take each other's.
 * A part is a number of 64 bits in hexadecimal digits; whatever else a client sends counts for nothing. Confined to one
 * event loop; used again for request after request.
 */
public final class SessionCookie {

    private static final int PARTS = 4;
    private static final int DIGITS = 16;

    private final long[] values = new long[PARTS];
    private final Slice line = new Slice();
    private final Slice value = new Slice();
    private int count;
    private int own;
    private boolean chosen;
    private boolean known;
    private long choice;

    /** Reads it from the lines of a request; in HTTP/2 there may be one for each cookie. */
    public void read(HeaderLines lines, byte[] name) {
        count = 0;
        chosen = false;
        for (int at = lines.find(Field.COOKIE, 0); at >= 0; at = lines.find(Field.COOKIE, at + 1)) {
            lines.value(at, line);
            if (Pairs.cookie(line, name, value)) {
                parse();
                return;
            }
        }
    }

    private void parse() {
        int from = 0;
        while (count < PARTS && from + DIGITS <= value.length()) {
            long part = 0;
            for (int i = from; i < from + DIGITS; i++) {
                int digit = Character.digit((char) value.byteAt(i), 16);
                if (digit < 0) {
                    return;
                }
                part = (part << 4) | digit;
            }
            values[count++] = part;
            from += DIGITS + 1;
            if (from <= value.length() && value.byteAt(from - 1) != '.') {
                count--;
                return;
            }
        }
    }

    int count() {
        return count;
    }

    long value(int part) {
        return values[part];
    }

    /** A search among the endpoints of a deployment begins. */
    void search() {
        own = 0;
    }

    /** That part is of the deployment which is searched. */
    void belongs(int part) {
        own |= 1 << part;
    }

    /** The endpoint of that value takes the request. */
    void chose(long value) {
        choice = value;
        chosen = true;
        int first = Integer.numberOfTrailingZeros(own);
        known = first < count && values[first] == value;
    }

    /** Whether the client is to be given another value than it has. */
    public boolean changes() {
        return chosen && !known;
    }

    /** Writes the value for the client: the choice first, then what is of other deployments. */
    public void write(HeaderLines into) {
        into.text(hex(choice));
        int written = 1;
        for (int i = 0; i < count && written < PARTS; i++) {
            if ((own & (1 << i)) == 0 && values[i] != choice) {
                into.text(".");
                into.text(hex(values[i]));
                written++;
            }
        }
    }

    private static String hex(long part) {
        String digits = Long.toHexString(part);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
