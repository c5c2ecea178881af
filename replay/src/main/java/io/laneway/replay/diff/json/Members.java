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
}
