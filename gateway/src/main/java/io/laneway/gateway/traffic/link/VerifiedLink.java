package io.laneway.gateway.traffic.link;

import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A link whose signature was verified, by that key. Whether it still counts is asked for each request: it ends, its lane may
 * be gone or have another key. Immutable.
 */
final class VerifiedLink {

    private final LaneLink link;
    private final LinkKey key;
    private final byte[] text;
    private final int hash;

    VerifiedLink(LaneLink link, LinkKey key) {
        this.link = link;
        this.key = key;
        this.text = link.toString().getBytes(StandardCharsets.US_ASCII);
        this.hash = hash(text, 0, text.length);
    }

    LaneLink link() {
        return link;
    }

    int hash() {
        return hash;
    }

    /** Whether these bytes are the very link. */
    boolean is(byte[] array, int offset, int length) {
        return Arrays.equals(text, 0, text.length, array, offset, offset + length);
    }

    /** What is wrong with it now, null for nothing. */
    @Nullable
    LinkOutcome refusal(CompiledTable<?, ?> table, long nowMillis) {
        LinkOutcome refusal = refusal(link, table, nowMillis);
        return refusal != null || key.equals(key(link, table)) ? refusal : LinkOutcome.REVOKED;
    }

    /** What is wrong with a link before its signature is looked at, null for nothing. */
    static @Nullable LinkOutcome refusal(LaneLink link, CompiledTable<?, ?> table, long nowMillis) {
        if (TimeUnit.SECONDS.toMillis(link.end()) <= nowMillis) {
            return LinkOutcome.EXPIRED;
        }
        LaneEntry lane = table.lane(link.lane());
        if (lane == null || lane.expired()) {
            return LinkOutcome.NO_LANE;
        }
        LinkKey now = lane.lane().linkKey();
        return now == null || !now.id().equals(link.keyId()) ? LinkOutcome.REVOKED : null;
    }

    /** The key of its lane, null if that has none. */
    static @Nullable LinkKey key(LaneLink link, CompiledTable<?, ?> table) {
        LaneEntry lane = table.lane(link.lane());
        return lane == null ? null : lane.lane().linkKey();
    }

    /** The last bytes are of a signature, which differ between any two. */
    static int hash(byte[] array, int offset, int length) {
        int hash = length;
        for (int i = Math.max(offset, offset + length - Long.BYTES * 2); i < offset + length; i++) {
            hash = hash * 31 + array[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
