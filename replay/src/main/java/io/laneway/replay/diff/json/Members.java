package io.laneway.replay.diff.json;

import io.laneway.replay.diff.place.Absent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of JSON objects. Stateless. */
final class Members {

    private Members() {}

    /** The member of a value, {@link Absent} if it has none or is no object. */
    static @Nullable Object get(@Nullable Object value, Object name) {
        return value instanceof Map<?, ?> members && members.containsKey(name) ? members.get(name) : Absent.ABSENT;
    }

    /** The member of that name, or where there is none, that at the end of its parts between dots. */
    static @Nullable Object at(@Nullable Object value, String path) {
        Object member = get(value, path);
        for (int dot = path.indexOf('.'); dot > 0 && member == Absent.ABSENT; dot = path.indexOf('.', dot + 1)) {
            Object inner = get(value, path.substring(0, dot));
            member = inner == Absent.ABSENT ? Absent.ABSENT : at(inner, path.substring(dot + 1));
        }
        return member;
    }
}
