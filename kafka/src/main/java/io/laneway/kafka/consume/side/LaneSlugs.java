package io.laneway.kafka.consume.side;

import io.laneway.kafka.lane.BaggageMember;
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
public final class LaneSlugs {

    private static final int MAX_NAMES = 1024;

    private final LaneHeader header;
    private final Map<String, String> slugs = new HashMap<>();

    private final Last last = new Last(false);
    private final Last lastBaggage = new Last(true);

    public LaneSlugs(LaneHeader header) {
        this.header = header;
    }

    /** The slug, null for a record of no lane. */
    @Nullable
    public String slug(Headers headers) {
        byte[] raw = header.raw(headers);
        String slug = raw == null ? null : last.slug(raw);
        if (slug != null) {
            return slug;
        }
        byte[] baggage = header.baggage(headers);
        return baggage == null ? null : lastBaggage.slug(baggage);
    }

    private String slug(String lane) {
        if (slugs.size() >= MAX_NAMES) {
            slugs.clear();
        }
        return slugs.computeIfAbsent(lane, Slug::of);
    }

    /** The last value of one of the two headers, and what it said. */
    private final class Last {

        private final boolean baggage;
        private byte[] raw = new byte[0];
        private @Nullable String slug;

        Last(boolean baggage) {
            this.baggage = baggage;
        }

        @Nullable
        String slug(byte[] value) {
            if (!Arrays.equals(value, raw)) {
                String lane = baggage ? BaggageMember.decode(value) : LaneHeader.decode(value);
                slug = lane == null ? null : LaneSlugs.this.slug(lane);
                raw = value;
            }
            return slug;
        }
    }
}
