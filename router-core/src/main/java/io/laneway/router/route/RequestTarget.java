package io.laneway.router.route;

import io.laneway.router.text.Slice;

/** Parts of a request target as received. Stateless. */
final class RequestTarget {

    private RequestTarget() {}

    /** How many bytes of it are its path. */
    static int pathLength(Slice target) {
        int end = 0;
        while (end < target.length() && target.byteAt(end) != '?' && target.byteAt(end) != '#') {
            end++;
        }
        return end;
    }
}
