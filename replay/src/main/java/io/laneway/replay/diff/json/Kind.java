package io.laneway.replay.diff.json;

import io.laneway.replay.diff.place.Absent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of JSON (RFC 8259, 3), and none. */
enum Kind {
    ABSENT,
    NULL,
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN;

    static Kind of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        return value instanceof String
                ? STRING
                : value instanceof Number
                        ? NUMBER
                        : value instanceof Map
                                ? OBJECT
                                : value instanceof List ? ARRAY : value instanceof Absent ? ABSENT : BOOLEAN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
