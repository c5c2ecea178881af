package io.laneway.gateway.traffic.edge;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.PathConfig.EncodedSlashes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings paths into the one form that is both routed and forwarded (RFC 3986 section 6.2.2): encoded unreserved characters
 * decoded, dot segments removed, slashes as configured; refuses those that two readers could take for different paths.
 * The query is left as it is. Confined to one event loop.
 *
 * <p>Most paths need none of it, which one look at their bytes shows; the others are written again behind the header
 * lines, so that the access log still has what was asked for.
 */
final class PathRules {

    private static final int MAX_KEPT = 8192;

    private final PathConfig config;
    private final PathDecoder decoder;
    private byte[] decoded = new byte[256];
    private byte[] out = new byte[256];
    private int length;

    PathRules(PathConfig config) {
        this.config = config;
        this.decoder = new PathDecoder(config);
    }

    /** Brings the path of a request into form; what is wrong with it if that cannot be. */
    @Nullable
    Failure settle(RequestHead head) {
        byte[] array = head.lines().array();
        int start = head.targetOffset();
        int end = start + head.targetLength();
        if (start == end || array[start] != '/') {
            return null;
        }
        boolean plain = true;
        byte before = 0;
        int p = start;
        for (; p < end && array[p] != '?'; p++) {
            byte c = array[p];
            plain &= c != '%' && c != '\\' && (before != '/' || (c != '.' && c != '/'));
            before = c;
        }
        return plain ? null : rewrite(head, array, start, p);
    }

    private @Nullable Failure rewrite(RequestHead head, byte[] array, int start, int end) {
        if (decoded.length < end - start) {
            decoded = new byte[end - start];
            out = new byte[end - start + 1];
        }
        int n = decoder.decode(array, start, end, decoded);
        Failure wrong = decoder.wrong();
        if (wrong == null) {
            wrong = segments(n);
        }
        if (wrong == null && !Arrays.equals(array, start, end, out, 0, length)) {
            head.replacePath(out, length, end - start);
        }
        if (decoded.length > MAX_KEPT) {
            decoded = new byte[256];
            out = new byte[256];
        }
        return wrong;
    }

    private @Nullable Failure segments(int n) {
        length = 0;
        int p = 0;
        while (p < n) {
            int from = p + 1;
            int to = from;
            while (to < n && decoded[to] != '/') {
                to++;
            }
            if (config.normalise() && veiledDots(from, to)) {
                return Refusals.VEILED_DOTS;
            }
            segment(from, to, to == n);
            p = to;
        }
        if (length == 0) {
            out[length++] = '/';
        }
        return null;
    }

    private void segment(int from, int to, boolean last) {
        int dots = config.normalise() ? dots(from, to) : 0;
        if (dots == 2) {
            pop();
        }
        boolean left = dots > 0 || (config.mergeSlashes() && from == to);
        if (left && !last) {
            return;
        }
        out[length++] = '/';
        if (!left) {
            System.arraycopy(decoded, from, out, length, to - from);
            length += to - from;
        }
    }

    private void pop() {
        while (length > 0 && out[--length] != '/') {
            // back to the slash before the last segment
        }
    }

    /** 1 or 2 for a segment that is so many dots, else 0. */
    private int dots(int from, int to) {
        int n = to - from;
        return n > 0 && n <= 2 && decoded[from] == '.' && decoded[to - 1] == '.' ? n : 0;
    }

    /** Whether the segment would hold a dot segment for one who cuts it at encoded slashes or drops parameters. */
    private boolean veiledDots(int from, int to) {
        int part = from;
        for (int p = from; p < to; p++) {
            boolean parameter = decoded[p] == ';';
            boolean slash = config.encodedSlashes() == EncodedSlashes.KEEP && PathDecoder.isSlash(decoded, p, to);
            if ((parameter || slash) && dots(part, p) > 0) {
                return true;
            }
            if (slash) {
                part = p + 3;
                p += 2;
            }
        }
        return part > from && dots(part, to) > 0;
    }
}
