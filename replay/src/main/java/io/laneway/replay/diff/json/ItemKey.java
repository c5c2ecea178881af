package io.laneway.replay.diff.json;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the member that identifies the items of a list. Stateless. */
final class ItemKey {

    private static final List<String> NAMES = List.of("id", "_id", "uuid", "key", "sku", "code", "ref", "name");

    private ItemKey() {}

    /**
     * The name of a member that every item has and no two have with the same value, null if there is none. Where base
     * does not find half of its own items again by it, it identifies nothing.
     */
    static @Nullable String of(List<?> base, List<?> again, List<?> lane) {
        if (base.isEmpty() || !(base.get(0) instanceof Map<?, ?> first)) {
            return null;
        }
        String best = null;
        for (Object member : first.keySet()) {
            String name = String.valueOf(member);
            if (rank(name) < (best == null ? Integer.MAX_VALUE : rank(best)) && identifies(name, base, again, lane)) {
                best = name;
            }
        }
        return best;
    }

    private static int rank(String name) {
        int known = NAMES.indexOf(name.toLowerCase(Locale.ROOT));
        if (known >= 0) {
            return known;
        }
        boolean like = name.endsWith("Id") || name.endsWith("ID") || name.endsWith("_id") || name.endsWith("Code");
        return like ? NAMES.size() : Integer.MAX_VALUE;
    }

    private static boolean identifies(String name, List<?> base, List<?> again, List<?> lane) {
        Set<Object> first = values(name, base);
        Set<Object> second = values(name, again);
        Set<Object> third = values(name, lane);
        if (first.size() < base.size() || second.size() < again.size() || third.size() < lane.size() - 1) {
            return false;
        }
        int size = Math.max(first.size(), second.size());
        first.retainAll(second);
        return 2 * first.size() >= size;
    }

    private static Set<Object> values(String name, List<?> items) {
        Set<Object> values = new HashSet<>();
        for (Object item : items) {
            Object value = Members.get(item, name);
            if (value instanceof String || value instanceof Number) {
                values.add(value);
            }
        }
        return values;
    }
}
