package io.laneway.router.route;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Takes a host {@code service.lane} apart, also with {@code .svc} or {@code .svc.cluster.local} behind it: how callers name
 * a service where each lane has a namespace of its own. Stateless.
 */
public final class LaneHost {

    private static final byte[] SVC = ".svc".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOCAL = ".cluster.local".getBytes(StandardCharsets.US_ASCII);

    private LaneHost() {}

    /** Where the service's name ends, which is where the first dot is; negative if there is none. */
    public static int dot(Slice host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.byteAt(i) == '.') {
                return i;
            }
        }
        return -1;
    }

    /** Where the lane's name ends. */
    public static int end(Slice host) {
        int end = without(LOCAL, host, host.length());
        int bare = without(SVC, host, end);
        return bare < end ? bare : host.length();
    }

    private static int without(byte[] tail, Slice host, int end) {
        int start = end - tail.length;
        if (start <= 0) {
            return end;
        }
        for (int i = 0; i < tail.length; i++) {
            int c = host.byteAt(start + i);
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != tail[i]) {
                return end;
            }
        }
        return start;
    }
}
