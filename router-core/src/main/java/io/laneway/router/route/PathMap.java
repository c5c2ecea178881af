package io.laneway.router.route;

import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route for a path: the one for exactly that path, else the one with the longest prefix of whole segments.
 * Immutable. One walk over the path, with a look-up at the end of each segment, no farther than the longest prefix.
 * Routes that look at more than the path stand in a row behind its look-up, the most particular first.
 */
final class PathMap {

    private static final int PRIME = 0x01000193;
    private static final int BASIS = 0x811c9dc5;

    private final @Nullable Target[] slots;
    private final int longest;
    private final @Nullable Target root;
    private final @Nullable BytesMap<Target> exact;
    private final boolean plain;

    /** Of targets that say the same the first counts. */
    PathMap(List<Target> all) {
        List<Target> targets = rows(all, false);
        List<Target> whole = rows(all, true);
        this.exact = whole.isEmpty() ? null : exact(whole);
        this.plain = all.stream().allMatch(Target::isPlain);
        int capacity = Integer.highestOneBit(Math.max(2, targets.size() * 2)) << 1;
        this.slots = new Target[capacity];
        int max = 0;
        Target rest = null;
        for (Target target : targets) {
            byte[] prefix = target.prefix();
            max = Math.max(max, prefix.length);
            if (prefix.length == 0) {
                rest = target;
            } else {
                int slot = hash(prefix) & (capacity - 1);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (capacity - 1);
                }
                slots[slot] = target;
            }
        }
        this.longest = max;
        this.root = rest;
    }

    /** The heads of the rows of each path, in which a target is followed by the less particular ones. */
    private static List<Target> rows(List<Target> targets, boolean exact) {
        Map<String, List<Target>> byPath = new LinkedHashMap<>();
        for (Target target : targets) {
            if (target.route().match().exact() == exact) {
                String path = exact ? target.route().path() : new String(target.prefix(), StandardCharsets.UTF_8);
                byPath.computeIfAbsent(path, any -> new ArrayList<>()).add(target);
            }
        }
        List<Target> heads = new ArrayList<>();
        byPath.values().forEach(row -> heads.add(head(row)));
        return heads;
    }

    private static Target head(List<Target> row) {
        row.sort(Target.PARTICULAR);
        Target head = row.get(row.size() - 1);
        for (int i = row.size() - 2; i >= 0; i--) {
            head = row.get(i).before(head);
        }
        return head;
    }

    private static BytesMap<Target> exact(List<Target> heads) {
        Map<String, Target> byPath = new HashMap<>();
        heads.forEach(head -> byPath.put(head.route().path(), head));
        return BytesMap.exact(byPath);
    }

    /** The prefix as compared: without a slash at its end. */
    static byte[] prefix(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end).getBytes(StandardCharsets.UTF_8);
    }

    /** The target for a request target; its query counts only where a route looks at it. */
    @Nullable
    Target get(Slice path, Matchable request) {
        if (exact != null) {
            Target found = exact.get(path.array(), path.offset(), pathLength(path));
            Target wanted = found == null ? null : found.select(request, path);
            if (wanted != null) {
                return wanted;
            }
        }
        Target best = root == null || plain ? root : root.select(request, path);
        byte[] array = path.array();
        int offset = path.offset();
        int end = Math.min(path.length(), longest + 1);
        int hash = BASIS;
        for (int i = 0; i < end; i++) {
            byte c = array[offset + i];
            boolean stop = c == '?' || c == '#';
            if (i > 0 && (c == '/' || stop)) {
                best = better(find(hash, array, offset, i), best, path, request);
            }
            if (stop) {
                return best;
            }
            hash = (hash ^ c) * PRIME;
        }
        if (end == path.length() && end <= longest) {
            best = better(find(hash, array, offset, end), best, path, request);
        }
        return best;
    }

    private @Nullable Target better(@Nullable Target found, @Nullable Target best, Slice path, Matchable request) {
        Target wanted = found == null || plain ? found : found.select(request, path);
        return wanted == null ? best : wanted;
    }

    private static int pathLength(Slice path) {
        int end = 0;
        while (end < path.length() && path.byteAt(end) != '?' && path.byteAt(end) != '#') {
            end++;
        }
        return end;
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
