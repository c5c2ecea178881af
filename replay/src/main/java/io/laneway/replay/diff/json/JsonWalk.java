package io.laneway.replay.diff.json;

import io.laneway.replay.diff.place.CurrentRequest;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.place.PlaceNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks three JSON values at once and marks where one is odd. Stateless. */
public final class JsonWalk {

    private JsonWalk() {}

    /** Compares three values at a place. */
    public static void walk(PlaceNode at, Triple it, CurrentRequest request) {
        if (it.alike()) {
            return;
        }
        Triple kinds = it.map(Kind::of);
        if (!kinds.alike()) {
            at.mark(request, Facet.TYPE, kinds.base(), kinds.again(), kinds.lane());
        } else if (it.all(Map.class)) {
            object(at, it, request);
        } else if (it.all(List.class)) {
            ArrayWalk.walk(at, it, request, JsonWalk::walk);
        } else if (it.all(String.class)) {
            Scalars.text(at, it, request);
        } else if (it.all(Number.class)) {
            Scalars.number(at, it, request);
        } else {
            at.mark(request, Facet.VALUE, it.base(), it.again(), it.lane());
        }
    }

    private static void object(PlaceNode at, Triple it, CurrentRequest request) {
        Set<Object> names = new LinkedHashSet<>(keys(it.base()));
        names.addAll(keys(it.again()));
        names.addAll(keys(it.lane()));
        boolean declared = it.all(DeclaredMembers.class);
        for (Object name : names) {
            String step = !declared && Formats.isId(String.valueOf(name)) ? ".{id}" : "." + name;
            walk(at.child(step), it.map(value -> Members.get(value, name)), request);
        }
    }

    private static Set<?> keys(@Nullable Object value) {
        return value instanceof Map<?, ?> members ? members.keySet() : Set.of();
    }
}
