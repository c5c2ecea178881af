package io.laneway.gateway.traffic.request;

/**
 * Reads the count of gateways that a request passed. Applications copy headers, join lines of one name (RFC 9110 section
 * 5.3) and overwrite what they do not know: of several counts the greatest is taken, and one that cannot be read is none,
 * since the next gateway writes a good one and a loop is still found. Stateless.
 */
final class Hops {

    private Hops() {}

    /** The greatest number in a list, {@code limit} at most; 0 if there is none. */
    static int most(byte[] array, int offset, int length, int limit) {
        int end = offset + length;
        int most = 0;
        int at = offset;
        while (at < end) {
            int stop = at;
            while (stop < end && array[stop] != ',') {
                stop++;
            }
            most = Math.max(most, number(array, at, stop, limit));
            at = stop + 1;
        }
        return most;
    }

    private static int number(byte[] array, int from, int to, int limit) {
        int start = from;
        int stop = to;
        while (start < stop && isBlank(array[start])) {
            start++;
        }
        while (stop > start && isBlank(array[stop - 1])) {
            stop--;
        }
        int value = 0;
        for (int i = start; i < stop; i++) {
            if (array[i] < '0' || array[i] > '9') {
                return 0;
            }
            value = Math.min(limit, value * 10 + array[i] - '0');
        }
        return value;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
