package io.laneway.gateway.edge;

import io.laneway.gateway.head.Field;
import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.stream.Caller;
import io.laneway.router.text.Slice;

/**
 * Who a request comes from: whoever opened the connection, or, behind so many proxies of ours, whom the last entry of
 * {@code x-forwarded-for} that only they can have written names. Immutable.
 */
final class Source {

    private static final int LONGEST_ADDRESS = 45;

    private final int trustedHops;

    Source(int trustedHops) {
        this.trustedHops = trustedHops;
    }

    boolean behindProxies() {
        return trustedHops > 0;
    }

    /** Points {@code into} at the address; to be called before anything is added to the head. */
    void find(HeaderLines lines, Caller caller, Slice into) {
        if (trustedHops == 0 || !entry(lines, into)) {
            into.set(caller.addressBytes(), 0, caller.addressBytes().length);
        }
    }

    /** The entry so many from the right over all lines; false if there are too few or it is no address. */
    private boolean entry(HeaderLines lines, Slice into) {
        int left = trustedHops;
        for (int line = lines.count() - 1; line >= 0; line--) {
            if (lines.field(line) != Field.X_FORWARDED_FOR || lines.isRemoved(line)) {
                continue;
            }
            int start = lines.valueOffset(line);
            int end = start + lines.valueLength(line);
            while (end >= start) {
                int comma = end - 1;
                while (comma >= start && lines.array()[comma] != ',') {
                    comma--;
                }
                if (--left == 0) {
                    return address(lines.array(), comma + 1, end, into);
                }
                end = comma;
            }
        }
        return false;
    }

    private static boolean address(byte[] array, int from, int to, Slice into) {
        int start = from;
        int end = to;
        while (start < end && array[start] <= ' ') {
            start++;
        }
        while (end > start && array[end - 1] <= ' ') {
            end--;
        }
        for (int i = start; i < end; i++) {
            if (Character.digit(array[i], 16) < 0 && array[i] != '.' && array[i] != ':') {
                return false;
            }
        }
        into.set(array, start, end - start);
        return end > start && end - start <= LONGEST_ADDRESS;
    }
}
