package io.laneway.router.route;

import io.laneway.router.request.Matchable;
import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route for a path: the one for exactly that path, else the one with the longest prefix of whole segments.
 * Immutable. One walk over the path, with a look-up at the end of each segment, no farther than the longest prefix.
 * Routes with an expression for the whole path come between both. Routes that look at more than the path stand in a row behind its look-up, the most particular first.
 */
final class PathMap {

    /** Of expressions for the whole path the longest first, as the most particular one mostly is. */
    private static final Comparator<CompiledRoute> LONGEST = Comparator.comparing((CompiledRoute one) ->
                    -String.valueOf(one.route().match().regex().path()).length())
            .thenComparing(CompiledRoute.PARTICULAR);

    private static final int PRIME = 0x01000193;
    private static final int BASIS = 0x811c9dc5;

    private final @Nullable CompiledRoute[] slots;
    private final int longest;
    private final @Nullable CompiledRoute root;
    private final @Nullable BytesMap<CompiledRoute> exact;
    private final @Nullable CompiledRoute expressed;
    private final boolean plain;

    /** Of targets that say the same the first counts. */
    PathMap(List<CompiledRoute> all) {
        List<CompiledRoute> byExpression =
                all.stream().filter(PathMap::isExpressed).sorted(LONGEST).toList();
        this.expressed = byExpression.isEmpty() ? null : chain(byExpression);
        List<CompiledRoute> targets = rows(all, false);
        List<CompiledRoute> whole = rows(all, true);
        this.exact = whole.isEmpty() ? null : exact(whole);
        this.plain = all.stream().allMatch(CompiledRoute::isPlain);
        int capacity = Integer.highestOneBit(Math.max(2, targets.size() * 2)) << 1;
        this.slots = new CompiledRoute[capacity];
        int max = 0;
        CompiledRoute rest = null;
        for (CompiledRoute target : targets) {
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
    private static List<CompiledRoute> rows(List<CompiledRoute> targets, boolean exact) {
        Map<String, List<CompiledRoute>> byPath = new LinkedHashMap<>();
        for (CompiledRoute target : targets) {
            if (target.route().match().exact() == exact && !isExpressed(target)) {
                String path = exact ? target.route().path() : new String(target.prefix(), StandardCharsets.UTF_8);
                byPath.computeIfAbsent(path, any -> new ArrayList<>()).add(target);
            }
        }
        List<CompiledRoute> heads = new ArrayList<>();
        byPath.values().forEach(row -> heads.add(head(row)));
        return heads;
    }

    private static CompiledRoute head(List<CompiledRoute> row) {
        row.sort(CompiledRoute.PARTICULAR);
        return chain(row);
    }

    private static boolean isExpressed(CompiledRoute target) {
        return target.route().match().regex().path() != null;
    }

    private static CompiledRoute chain(List<CompiledRoute> row) {
        CompiledRoute head = row.get(row.size() - 1);
        for (int i = row.size() - 2; i >= 0; i--) {
            head = row.get(i).before(head);
        }
        return head;
    }

    private static BytesMap<CompiledRoute> exact(List<CompiledRoute> heads) {
        Map<String, CompiledRoute> byPath = new HashMap<>();
        heads.forEach(head -> byPath.put(head.route().path(), head));
        return BytesMap.exact(byPath);
    }

    /** The target for a request target; its query counts only where a route looks at it. */
    @Nullable
    CompiledRoute get(Slice path, Matchable request) {
        if (exact != null) {
            CompiledRoute found = exact.get(path.array(), path.offset(), RequestTarget.pathLength(path));
            CompiledRoute wanted = found == null ? null : found.select(request, path);
            if (wanted != null) {
                return wanted;
            }
        }
        if (expressed != null) {
            CompiledRoute wanted = expressed.select(request, path);
            if (wanted != null) {
                return wanted;
            }
        }
        CompiledRoute best = root == null || plain ? root : root.select(request, path);
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

    private @Nullable CompiledRoute better(
            @Nullable CompiledRoute found, @Nullable CompiledRoute best, Slice path, Matchable request) {
        CompiledRoute wanted = found == null || plain ? found : found.select(request, path);
        return wanted == null ? best : wanted;
    }

    private @Nullable CompiledRoute find(int hash, byte[] array, int offset, int length) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            CompiledRoute target = slots[slot];
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
