package io.laneway.control.http;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a call asks for. One that asks for no page gets all, in the order there is; a page is cut in the
 * order of names, so that the next one begins rightly also where the last item of this one is gone. Immutable.
 *
 * @param total how many items match
 * @param next  what the next page begins after, null where there is none
 * @param cut   whether a page was asked for
 */
public record ListPage<T>(
        List<T> items, int total, @Nullable String next, boolean cut) {

    public ListPage {
        items = List.copyOf(items);
    }

    /** Cuts a page out of the items that match. */
    public static <T> ListPage<T> of(ListQuery query, List<T> matching, Function<T, String> name) {
        String after = query.after();
        if (query.limit() == 0 && after == null) {
            return new ListPage<>(matching, matching.size(), null, false);
        }
        List<T> rest = new ArrayList<>(matching);
        rest.removeIf(item -> after != null && name.apply(item).compareTo(after) <= 0);
        rest.sort(Comparator.comparing(name));
        int most = query.limit() == 0 ? rest.size() : query.limit();
        List<T> items = rest.size() <= most ? rest : rest.subList(0, most);
        String next = rest.size() <= most ? null : name.apply(items.get(most - 1));
        return new ListPage<>(items, matching.size(), next, true);
    }

    /** Says in a response that lists how many there are and where the next page begins, if a page was asked for. */
    public JsonObject addTo(JsonObject body) {
        if (cut) {
            body.put("total", total);
        }
        return next == null ? body : body.put("next", next);
    }
}
