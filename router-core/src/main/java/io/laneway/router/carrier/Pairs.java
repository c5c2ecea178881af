package io.laneway.router.carrier;

import io.laneway.router.text.Slice;

/**
 * Finds {@code name=value} pairs in the three places where requests carry them: the query, a {@code Cookie} line (RFC
 * 6265 section 4.2) and a {@code baggage} line (W3C Baggage section 3). Values are pointed at as they stand: not yet
 * percent-decoded. The first pair of a name counts. Stateless.
 */
public final class Pairs {

    private Pairs() {}

    /** Finds a parameter in the query of a request target. */
    public static boolean query(Slice target, byte[] name, Slice into) {
        byte[] array = target.array();
        int end = target.offset() + target.length();
        int at = target.offset();
        while (at < end && array[at] != '?') {
            if (array[at] == '#') {
                return false;
            }
            at++;
        }
        return at < end && find(array, at + 1, end, (byte) '&', name, into);
    }

    /** Finds a cookie in one line; quotes around its value are taken off. */
    public static boolean cookie(Slice line, byte[] name, Slice into) {
        int from = line.offset();
        if (!find(line.array(), from, from + line.length(), (byte) ';', name, into)) {
            return false;
        }
        int length = into.length();
        if (length >= 2 && into.byteAt(0) == '"' && into.byteAt(length - 1) == '"') {
            into.set(into.array(), into.offset() + 1, length - 2);
        }
        return true;
    }

    /** Finds a member in one line; its properties are left out. */
    public static boolean baggage(Slice line, byte[] name, Slice into) {
        int from = line.offset();
        if (!find(line.array(), from, from + line.length(), (byte) ',', name, into)) {
            return false;
        }
        int length = 0;
        while (length < into.length() && into.byteAt(length) != ';') {
            length++;
        }
        point(into.array(), into.offset(), into.offset() + length, into);
        return true;
    }

    /** Whether a line may hold several members. */
    public static boolean isList(Slice line) {
        byte[] array = line.array();
        int end = line.offset() + line.length();
        for (int at = line.offset(); at < end; at++) {
            if (array[at] == ',') {
                return true;
            }
        }
        return false;
    }

    /** Points {@code into} at the first member of a list that is not empty (RFC 9110 section 5.6.1); false if there is none. */
    public static boolean first(Slice line, Slice into) {
        byte[] array = line.array();
        int end = line.offset() + line.length();
        int at = line.offset();
        while (at < end) {
            int stop = at;
            while (stop < end && array[stop] != ',') {
                stop++;
            }
            point(array, at, stop, into);
            if (into.length() > 0) {
                return true;
            }
            at = stop + 1;
        }
        return false;
    }

    private static boolean find(byte[] array, int from, int end, byte separator, byte[] name, Slice into) {
        int at = from;
        while (at < end) {
            int stop = at;
            int equals = -1;
            while (stop < end && array[stop] != separator) {
                if (equals < 0 && array[stop] == '=') {
                    equals = stop;
                }
                stop++;
            }
            if (equals >= 0 && named(array, at, equals, name)) {
                point(array, equals + 1, stop, into);
                return true;
            }
            at = stop + 1;
        }
        return false;
    }

    private static boolean named(byte[] array, int from, int to, byte[] name) {
        int start = from;
        int stop = to;
        while (start < stop && blank(array[start])) {
            start++;
        }
        while (stop > start && blank(array[stop - 1])) {
            stop--;
        }
        if (stop - start != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (array[start + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static void point(byte[] array, int from, int to, Slice into) {
        int start = from;
        int stop = to;
        while (start < stop && blank(array[start])) {
            start++;
        }
        while (stop > start && blank(array[stop - 1])) {
            stop--;
        }
        into.set(array, start, stop - start);
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t';
    }
}
