package io.laneway.replay.diff.json;

import io.laneway.replay.diff.place.Absent;
import io.laneway.replay.diff.place.CurrentRequest;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.place.PlaceNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares three lists. Items are those with the same identifying member, where items have one or a team names one; else
 * those that are equal, and the rest by their position. Order and size are facets of their own, so that base's own disorder is noise
 * there and nowhere else. Stateless.
 */
final class ArrayWalk {

    private ArrayWalk() {}

    /** What compares three items. */
    interface ItemWalk {
        void walk(PlaceNode at, Triple it, CurrentRequest request);
    }

    static void walk(PlaceNode at, Triple it, CurrentRequest request, ItemWalk walk) {
        List<?> base = list(it.base());
        List<?> again = list(it.again());
        List<?> lane = list(it.lane());
        at.mark(request, Facet.SIZE, base.size(), again.size(), lane.size());
        String said = at.itemKey();
        String key = said == null ? ItemKey.of(base, again, lane) : said;
        PlaceNode items = at.child("[*]");
        if (key != null && !key.isEmpty()) {
            byKey(at, items, it, key, request, walk);
        } else {
            bySet(at, items, it, request, walk);
        }
    }

    private static void byKey(
            PlaceNode at, PlaceNode items, Triple it, String key, CurrentRequest request, ItemWalk walk) {
        Map<Object, Object> base = index(it.base(), key);
        Map<Object, Object> again = index(it.again(), key);
        Map<Object, Object> lane = index(it.lane(), key);
        Set<Object> all = new LinkedHashSet<>(base.keySet());
        all.addAll(again.keySet());
        all.addAll(lane.keySet());
        for (Object id : all) {
            walk.walk(items, new Triple(item(base, id), item(again, id), item(lane, id)), request);
        }
        Set<Object> common = new LinkedHashSet<>(base.keySet());
        common.retainAll(again.keySet());
        common.retainAll(lane.keySet());
        at.mark(request, Facet.ORDER, common(base, common), common(again, common), common(lane, common));
    }

    private static @Nullable Object item(Map<Object, Object> items, Object id) {
        Object item = items.get(id);
        return item == null ? Absent.ABSENT : item == Kind.NULL ? null : item;
    }

    private static List<Object> common(Map<Object, Object> items, Set<Object> common) {
        return items.keySet().stream().filter(common::contains).toList();
    }

    private static Map<Object, Object> index(@Nullable Object list, String key) {
        Map<Object, Object> items = new LinkedHashMap<>();
        Map<Object, Integer> seen = new HashMap<>();
        for (Object item : list(list)) {
            Object id = value(Members.at(item, key));
            int before = seen.merge(id, 1, Integer::sum) - 1;
            // those that have the same one, or none, are paired in their order
            items.put(before == 0 ? id : List.of(id, before), value(item));
        }
        return items;
    }

    private static void bySet(PlaceNode at, PlaceNode items, Triple it, CurrentRequest request, ItemWalk walk) {
        Map<Object, Integer> common = counts(list(it.base()));
        counts(list(it.again())).forEach((value, count) -> common.merge(value, count, Math::min));
        common.keySet().retainAll(counts(list(it.again())).keySet());
        Map<Object, Integer> third = counts(list(it.lane()));
        common.keySet().retainAll(third.keySet());
        common.replaceAll((value, count) -> Math.min(count, third.getOrDefault(value, 0)));
        Split base = Split.of(list(it.base()), common);
        Split again = Split.of(list(it.again()), common);
        Split lane = Split.of(list(it.lane()), common);
        at.mark(request, Facet.ORDER, base.common(), again.common(), lane.common());
        int most = Math.max(
                base.rest().size(), Math.max(again.rest().size(), lane.rest().size()));
        for (int i = 0; i < most; i++) {
            walk.walk(items, new Triple(base.rest(i), again.rest(i), lane.rest(i)), request);
        }
    }

    /** Items that all three lists have, and the others. Immutable. */
    private record Split(List<@Nullable Object> common, List<@Nullable Object> rest) {

        static Split of(List<?> list, Map<Object, Integer> common) {
            Map<Object, Integer> left = new HashMap<>(common);
            List<@Nullable Object> shared = new ArrayList<>();
            List<@Nullable Object> rest = new ArrayList<>();
            for (Object item : list) {
                Object value = value(item);
                int count = left.getOrDefault(value, 0);
                (count > 0 ? shared : rest).add(item);
                left.put(value, count - 1);
            }
            return new Split(shared, rest);
        }

        @Nullable
        Object rest(int i) {
            return i < rest.size() ? rest.get(i) : Absent.ABSENT;
        }
    }

    private static Map<Object, Integer> counts(List<?> list) {
        Map<Object, Integer> counts = new HashMap<>();
        for (Object item : list) {
            counts.merge(value(item), 1, Integer::sum);
        }
        return counts;
    }

    private static Object value(@Nullable Object item) {
        return item == null ? Kind.NULL : item;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
