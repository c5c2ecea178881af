package io.laneway.gateway.traffic.memory;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.Slice;

/**
 * The ids by which trace systems and gateways tell that requests belong together, as they stand on one request: W3C
 * {@code traceparent}, B3 in both forms, Jaeger's {@code uber-trace-id}, SkyWalking's {@code sw8}, {@code x-request-id}. The
 * first four say the same number in different ways, so an application may translate one into another. Confined to one event
 * loop; allocates nothing.
 */
final class TraceIds {

    private static final long TRACES = Field.TRACEPARENT.bit()
            | Field.B3.bit()
            | Field.X_B3_TRACEID.bit()
            | Field.UBER_TRACE_ID.bit()
            | Field.SW8.bit();

    private static final int MOST = 6;
    private static final int WHOLE = 32;
    private static final int HALF = 16;
    private static final int LONGEST = 256;

    private final IdHash hash;
    private final Slice value = new Slice();
    private final long[] keys = new long[MOST];
    private final long[] checks = new long[MOST];
    private int count;
    private long high;
    private long low;
    private int end;

    TraceIds(IdHash hash) {
        this.hash = hash;
    }

    /**
     * Reads the ids of a request.
     *
     * @param requestId whether its {@code x-request-id} counts
     */
    void read(HeaderLines lines, boolean requestId) {
        count = 0;
        if (lines.mayHave(TRACES)) {
            traces(lines);
        }
        if (requestId && lines.first(Field.X_REQUEST_ID, value) && value.length() > 0 && value.length() <= LONGEST) {
            addText();
        }
    }

    private void traces(HeaderLines lines) {
        if (lines.first(Field.TRACEPARENT, value) && traceparent()) {
            addNumber();
        }
        if (lines.first(Field.B3, value) && number(0, HALF, WHOLE) && byteAt(end) == '-') {
            addNumber();
        }
        if (lines.first(Field.X_B3_TRACEID, value) && number(0, HALF, WHOLE) && end == value.length()) {
            addNumber();
        }
        if (lines.first(Field.UBER_TRACE_ID, value) && number(0, 1, WHOLE) && jaegerEnds()) {
            addNumber();
        }
        if (lines.first(Field.SW8, value) && skywalking()) {
            addText();
        }
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** The key of one of them, never 0. */
    long key(int n) {
        return keys[n];
    }

    /** More bits of it. */
    long check(int n) {
        return checks[n];
    }

    private int byteAt(int at) {
        return at < value.length() ? value.byteAt(at) : -1;
    }

    /** {@code version-trace-parent-flags} (W3C Trace Context section 3.2). */
    private boolean traceparent() {
        return byteAt(2) == '-' && number(3, WHOLE, WHOLE) && byteAt(end) == '-';
    }

    /** {@code trace:span:parent:flags}, maybe percent-encoded. */
    private boolean jaegerEnds() {
        return byteAt(end) == ':' || byteAt(end) == '%';
    }

    /** {@code sample-trace-segment-…}, the trace in Base64. */
    private boolean skywalking() {
        int start = 2;
        if (byteAt(1) != '-') {
            return false;
        }
        int stop = start;
        while (stop < value.length() && value.byteAt(stop) != '-') {
            stop++;
        }
        boolean whole = stop < value.length() && stop > start && stop - start <= LONGEST;
        value.set(value.array(), value.offset() + start, stop - start);
        return whole;
    }

    /** Reads hexadecimal digits from an index on: exactly one of two counts, or any up to the greater where the less is 1. */
    private boolean number(int from, int least, int most) {
        high = 0;
        low = 0;
        int at = eights(from, from + most);
        for (int digit = digit(at); digit >= 0 && at - from <= most; digit = digit(++at)) {
            high = (high << 4) | (low >>> 60);
            low = (low << 4) | digit;
        }
        end = at;
        int digits = at - from;
        boolean fits = least == 1 ? digits >= 1 && digits <= most : digits == least || digits == most;
        return fits && (high | low) != 0;
    }

    /** Reads digits as long as there are eight more; returns where it stopped. */
    private int eights(int from, int to) {
        int at = from;
        int last = Math.min(to, value.length()) - Long.BYTES;
        while (at <= last) {
            long eight = HexDigits.eight(value.array(), value.offset() + at);
            if (eight == HexDigits.NONE) {
                return at;
            }
            high = (high << 32) | (low >>> 32);
            low = (low << 32) | eight;
            at += Long.BYTES;
        }
        return at;
    }

    private int digit(int at) {
        int c = byteAt(at);
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private void addNumber() {
        hash.number(high, low);
        add();
    }

    private void addText() {
        hash.text(value.array(), value.offset(), value.length());
        add();
    }

    private void add() {
        for (int i = 0; i < count; i++) {
            if (keys[i] == hash.key()) {
                return;
            }
        }
        keys[count] = hash.key();
        checks[count] = hash.check();
        count++;
    }
}
