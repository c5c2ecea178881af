package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.telemetry.tracing.TraceContext.Wish;
import io.laneway.router.text.HeaderName;

/**
 * W3C Trace Context: {@code traceparent}, and {@code tracestate} as long as the trace is the client's. Confined to one
 * event loop.
 */
final class W3cPropagator implements Propagator {

    static final HeaderName STATE = HeaderName.of("tracestate");

    /** Characters of a value of version 0. */
    static final int LENGTH = 55;

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;
    private static final int SAMPLED = 1;
    private static final int RANDOM = 2;
    private static final int NAME = "traceparent: ".length();

    private final byte[] line = Ascii.bytes("traceparent: 00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00\r\n");

    @Override
    public boolean read(HeaderLines lines, TraceContext into) {
        int at = lines.find(Field.TRACEPARENT, 0);
        if (at < 0 || lines.find(Field.TRACEPARENT, at + 1) >= 0) {
            return false;
        }
        byte[] array = lines.array();
        int start = lines.valueOffset(at);
        if (!isWellFormed(array, start, lines.valueLength(at))) {
            return false;
        }
        long high = HexDigits.read(array, start + TRACE, HexDigits.LONG);
        long low = HexDigits.read(array, start + TRACE + HexDigits.LONG, HexDigits.LONG);
        long parent = HexDigits.read(array, start + SPAN, HexDigits.LONG);
        if ((high | low) == 0 || parent == 0) {
            return false;
        }
        long flags = HexDigits.read(array, start + FLAGS, 2);
        into.high = high;
        into.low = low;
        into.parent = parent;
        into.wish = (flags & SAMPLED) == 0 ? Wish.NO : Wish.YES;
        into.random = (flags & RANDOM) != 0;
        into.w3c = true;
        return true;
    }

    /** Versions to come begin as version 0 does. */
    private static boolean isWellFormed(byte[] array, int at, int length) {
        if (length < LENGTH
                || array[at + 2] != '-'
                || array[at + 35] != '-'
                || array[at + 52] != '-'
                || !HexDigits.are(array, at, 2)
                || !HexDigits.are(array, at + TRACE, 2 * HexDigits.LONG)
                || !HexDigits.are(array, at + SPAN, HexDigits.LONG)
                || !HexDigits.are(array, at + FLAGS, 2)) {
            return false;
        }
        long version = HexDigits.read(array, at, 2);
        return version == 0 ? length == LENGTH : version != 0xff && (length == LENGTH || array[at + LENGTH] == '-');
    }

    @Override
    public void write(HeaderLines lines, TraceContext trace, long span, boolean sampled) {
        if (!trace.w3c) {
            lines.remove(STATE);
        }
        fill(line, NAME, trace, span, sampled);
        int at = lines.find(Field.TRACEPARENT, 0);
        if (at >= 0 && lines.valueLength(at) == LENGTH && lines.find(Field.TRACEPARENT, at + 1) < 0) {
            System.arraycopy(line, NAME, lines.array(), lines.valueOffset(at), LENGTH);
        } else {
            lines.remove(Field.TRACEPARENT);
            lines.addLine(line, Field.TRACEPARENT);
        }
    }

    /** Writes the value over one of the same length. */
    static void fill(byte[] array, int at, TraceContext trace, long span, boolean sampled) {
        HexDigits.write(trace.high, array, at + TRACE);
        HexDigits.write(trace.low, array, at + TRACE + HexDigits.LONG);
        HexDigits.write(span, array, at + SPAN);
        array[at + FLAGS + 1] = (byte) ('0' + (sampled ? SAMPLED : 0) + (trace.random ? RANDOM : 0));
    }
}
