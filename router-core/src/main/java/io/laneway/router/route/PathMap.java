package io.laneway.router.route;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route with the longest path prefix of whole segments. Immutable. One walk over the path, with a look-up at
 * the end of each segment, no farther than the longest prefix.
 */
final class PathMap {

    private static final int PRIME = 0x01000193;
    private static final int BASIS = 0x811c9dc5;

    private final @Nullable Target[] slots;
    private final int longest;
    private final @Nullable Target root;

    /** Of targets with the same prefix the first counts. */
    PathMap(List<Target> targets) {
        int capacity = Integer.highestOneBit(Math.max(2, targets.size() * 2)) << 1;
        this.slots = new Target[capacity];
        int max = 0;
        Target whole = null;
        for (Target target : targets) {
            byte[] prefix = target.prefix();
            max = Math.max(max, prefix.length);
            if (prefix.length == 0) {
                whole = whole == null ? target : whole;
            } else if (find(hash(prefix), prefix, 0, prefix.length) == null) {
                int slot = hash(prefix) & (capacity - 1);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (capacity - 1);
                }
                slots[slot] = target;
            }
        }
        this.longest = max;
        this.root = whole;
    }

    /** The prefix as compared: without a slash at its end. */
    static byte[] prefix(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end).getBytes(StandardCharsets.UTF_8);
    }

    /** The target for a request target; its query is left out. */
    @Nullable
    Target get(Slice path) {
        Target best = root;
        byte[] array = path.array();
        int offset = path.offset();
        int end = Math.min(path.length(), longest + 1);
        int hash = BASIS;
        for (int i = 0; i < end; i++) {
            byte c = array[offset + i];
            boolean stop = c == '?' || c == '#';
            if (i > 0 && (c == '/' || stop)) {
                Target found = find(hash, array, offset, i);
                best = found == null ? best : found;
            }
            if (stop) {
                return best;
            }
            hash = (hash ^ c) * PRIME;
        }
        if (end == path.length() && end <= longest) {
            Target found = find(hash, array, offset, end);
            best = found == null ? best : found;
        }
        return best;
    }

    private @Nullable Target find(int hash, byte[] array, int offset, int length) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            Target target = slots[slot];
            if (target == null) {
                return null;
            }
            byte[] prefix = target.prefix();
            if (prefix.length == length && java.util.Arrays.equals(prefix, 0, length, array, offset, offset + length)) {
                return target;
            }
        }
    }

    private static int hash(byte[] bytes) {
        int hash = BASIS;
        for (byte c : bytes) {
            hash = (hash ^ c) * PRIME;
        }
        return hash;
    }
}
