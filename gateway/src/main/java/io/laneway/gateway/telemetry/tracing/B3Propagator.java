package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.telemetry.tracing.TraceContext.Wish;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * B3, in one header ({@code b3}) and in several ({@code x-b3-…}). Both are read, the one header first; written is what is
 * asked for, and the other one too where the client wrote it. Confined to one event loop.
 */
final class B3Propagator implements Propagator {

    private static final HeaderName ONE = HeaderName.of("b3");
    private static final HeaderName TRACE = HeaderName.of("x-b3-traceid");
    private static final HeaderName SPAN = HeaderName.of("x-b3-spanid");
    private static final HeaderName PARENT = HeaderName.of("x-b3-parentspanid");
    private static final HeaderName SAMPLED = HeaderName.of("x-b3-sampled");
    private static final HeaderName FLAGS = HeaderName.of("x-b3-flags");
    private static final int WHOLE = 2 * HexDigits.LONG;

    private final boolean one;
    private final boolean several;
    private final Slice value = new Slice();
    private final byte[] text = new byte[WHOLE + HexDigits.LONG + 3];

    /** What is written in any case. */
    B3Propagator(boolean one, boolean several) {
        this.one = one;
        this.several = several;
    }

    @Override
    public boolean read(HeaderLines lines, TraceContext into) {
        return (only(lines, ONE) && readOne(into)) || readSeveral(lines, into);
    }

    /** Points at the value of a name that is there exactly once. */
    private boolean only(HeaderLines lines, HeaderName name) {
        int at = lines.find(name, 0);
        if (at < 0 || lines.find(name, at + 1) >= 0) {
            return false;
        }
        lines.value(at, value);
        return true;
    }

    /** {@code trace-span[-sampled[-parent]]}, or what is decided about sampling alone. */
    private boolean readOne(TraceContext into) {
        int length = value.length();
        if (length == 1) {
            into.wish = wish(value.byteAt(0));
            return into.wish != Wish.NONE;
        }
        int trace = length > WHOLE && value.byteAt(WHOLE) == '-' ? WHOLE : HexDigits.LONG;
        int span = trace + 1;
        int state = span + HexDigits.LONG + 1;
        boolean ends = length == state - 1 || length == state + 1 || length == state + 2 + HexDigits.LONG;
        if (!ends || value.byteAt(trace) != '-' || (length >= state && value.byteAt(state - 1) != '-')) {
            return false;
        }
        Wish wish = length > state ? wish(value.byteAt(state)) : Wish.NONE;
        if (length > state && (wish == Wish.NONE || (length > state + 1 && value.byteAt(state + 1) != '-'))) {
            return false;
        }
        byte[] array = value.array();
        int at = value.offset();
        return ids(array, at, trace, at + span, into) && decided(into, wish);
    }

    private static Wish wish(byte state) {
        return switch (state) {
            case '0' -> Wish.NO;
            case '1' -> Wish.YES;
            case 'd' -> Wish.DEBUG;
            default -> Wish.NONE;
        };
    }

    private static boolean decided(TraceContext into, Wish wish) {
        into.wish = wish;
        return true;
    }

    private static boolean ids(byte[] array, int trace, int length, int span, TraceContext into) {
        if (!HexDigits.are(array, trace, length) || !HexDigits.are(array, span, HexDigits.LONG)) {
            return false;
        }
        long high = length == WHOLE ? HexDigits.read(array, trace, HexDigits.LONG) : 0;
        long low = HexDigits.read(array, trace + length - HexDigits.LONG, HexDigits.LONG);
        long parent = HexDigits.read(array, span, HexDigits.LONG);
        if ((high | low) == 0 || parent == 0) {
            return false;
        }
        into.high = high;
        into.low = low;
        into.parent = parent;
        return true;
    }

    private boolean readSeveral(HeaderLines lines, TraceContext into) {
        Wish wish = wish(lines);
        if (!only(lines, TRACE)) {
            into.wish = wish;
            return wish != Wish.NONE;
        }
        int length = value.length();
        int trace = value.offset();
        boolean whole = (length == WHOLE || length == HexDigits.LONG)
                && only(lines, SPAN)
                && value.length() == HexDigits.LONG
                && ids(lines.array(), trace, length, value.offset(), into);
        return whole && decided(into, wish);
    }

    private Wish wish(HeaderLines lines) {
        if (only(lines, FLAGS) && value.length() == 1 && value.byteAt(0) == '1') {
            return Wish.DEBUG;
        }
        if (!only(lines, SAMPLED)) {
            return Wish.NONE;
        }
        if (value.length() == 1) {
            return value.byteAt(0) == 'd' ? Wish.NONE : wish(value.byteAt(0));
        }
        return is("true") ? Wish.YES : is("false") ? Wish.NO : Wish.NONE;
    }

    private boolean is(String word) {
        return CharSequence.compare(value, word) == 0;
    }

    @Override
    public void write(HeaderLines lines, TraceContext trace, long span, boolean sampled) {
        boolean asOne = one || lines.find(ONE, 0) >= 0;
        boolean asSeveral = several || lines.find(TRACE, 0) >= 0 || lines.find(SAMPLED, 0) >= 0;
        remove(lines);
        boolean debug = sampled && trace.wish == Wish.DEBUG;
        HexDigits.write(trace.high, text, 0);
        HexDigits.write(trace.low, text, HexDigits.LONG);
        text[WHOLE] = '-';
        HexDigits.write(span, text, WHOLE + 1);
        if (asOne) {
            text[text.length - 2] = '-';
            text[text.length - 1] = (byte) (debug ? 'd' : sampled ? '1' : '0');
            lines.add(ONE, text, 0, text.length);
        }
        if (asSeveral) {
            lines.add(TRACE, text, 0, WHOLE);
            lines.add(SPAN, text, WHOLE + 1, HexDigits.LONG);
            lines.add(debug ? FLAGS : SAMPLED, sampled ? 1 : 0);
        }
    }

    private static void remove(HeaderLines lines) {
        lines.remove(ONE);
        lines.remove(TRACE);
        lines.remove(SPAN);
        lines.remove(PARENT);
        lines.remove(SAMPLED);
        lines.remove(FLAGS);
    }
}
