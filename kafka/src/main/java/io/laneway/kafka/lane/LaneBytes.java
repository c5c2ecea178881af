package io.laneway.kafka.lane;

import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The name of a lane in the bytes of a header. Stateless. */
final class LaneBytes {

    private static final int MAX = 1024;

    private LaneBytes() {}

    /** The name; null if the bytes cannot name a lane. */
    static @Nullable String decode(byte[] value) {
        if (value.length == 0 || value.length > MAX) {
            return null;
        }
        String text = new String(value, StandardCharsets.UTF_8);
        boolean control = text.chars().anyMatch(Character::isISOControl);
        return control || Slug.of(text).isEmpty() ? null : text;
    }
}
