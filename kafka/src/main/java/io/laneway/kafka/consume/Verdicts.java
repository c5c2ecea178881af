package io.laneway.kafka.consume;

import io.laneway.kafka.lane.LaneHeader;
import io.laneway.router.text.Slug;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the slug of a record's lane. Remembers the last header and a bounded number of names, so that a stream of
 * records costs neither decoding nor slugging. Confined to the consumer's thread.
 */
final class Verdicts {

    private static final int MAX_NAMES = 1024;

    private final LaneHeader header;
    private final Map<String, String> slugs = new HashMap<>();

    private byte[] lastRaw = new byte[0];
    private @Nullable String lastSlug;

    Verdicts(LaneHeader header) {
        this.header = header;
    }

    /** The slug, null for a record of no lane. */
    @Nullable
    String slug(Headers headers) {
        byte[] raw = header.raw(headers);
        if (raw == null) {
            return null;
        }
        if (!Arrays.equals(raw, lastRaw)) {
            lastSlug = decode(raw);
            lastRaw = raw;
        }
        return lastSlug;
    }

    private @Nullable String decode(byte[] raw) {
        String lane = LaneHeader.decode(raw);
        if (lane == null) {
            return null;
        }
        if (slugs.size() >= MAX_NAMES) {
            slugs.clear();
        }
        return slugs.computeIfAbsent(lane, Slug::of);
    }
}
