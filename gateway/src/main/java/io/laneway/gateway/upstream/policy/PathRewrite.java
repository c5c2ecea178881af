package io.laneway.gateway.upstream.policy;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts another path, or another prefix, in the place of a request's; its query stays. Immutable. */
public final class PathRewrite {

    private static final byte[] ROOT = {'/'};

    private final byte @Nullable [] whole;
    private final byte[] prefix;

    /**
     * One of the two.
     *
     * @param path   the whole new path
     * @param prefix what the route's prefix becomes; a slash at its end counts for nothing
     */
    public PathRewrite(@Nullable String path, @Nullable String prefix) {
        this.whole = path == null ? null : path.getBytes(StandardCharsets.UTF_8);
        this.prefix = prefix == null ? ROOT : withoutSlash(prefix).getBytes(StandardCharsets.UTF_8);
    }

    private static String withoutSlash(String prefix) {
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        return prefix.substring(0, end);
    }

    /** Changes the target of a head whose path begins with a prefix of that length. */
    void apply(RequestHead head, int prefixLength) {
        Slice target = new Slice();
        head.target(target);
        int end = pathLength(target);
        if (whole != null) {
            head.replacePath(whole, whole.length, end);
        } else {
            byte[] in = prefix.length == 0 && prefixLength == end ? ROOT : prefix;
            head.replacePath(in, in.length, prefixLength);
        }
    }

    /** The target that a request's becomes. */
    public String of(Slice target, int prefixLength) {
        int end = pathLength(target);
        String query = target.subSequence(end, target.length()).toString();
        if (whole != null) {
            return new String(whole, StandardCharsets.UTF_8) + query;
        }
        String path = new String(prefix, StandardCharsets.UTF_8) + target.subSequence(prefixLength, end);
        return (path.isEmpty() ? "/" : path) + query;
    }

    private static int pathLength(Slice target) {
        int end = 0;
        while (end < target.length() && target.byteAt(end) != '?' && target.byteAt(end) != '#') {
            end++;
        }
        return end;
    }
}
