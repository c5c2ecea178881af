package io.laneway.gateway.traffic.link;

import io.laneway.gateway.traffic.verified.VerifiedText;
import io.laneway.router.link.LaneLink;
import io.laneway.router.link.LinkKey;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A link whose signature was verified, by that key. Whether it still counts is asked for each request: it ends, its lane may
 * be gone or have another key. Immutable.
 */
final class VerifiedLink extends VerifiedText {

    private final LaneLink link;
    private final LinkKey key;

    VerifiedLink(LaneLink link, LinkKey key) {
        super(link.toString().getBytes(StandardCharsets.US_ASCII));
        this.link = link;
        this.key = key;
    }

    LaneLink link() {
        return link;
    }

    @Override
    protected boolean counts(long nowMillis) {
        return counts(link, nowMillis);
    }

    private static boolean counts(LaneLink link, long nowMillis) {
        return nowMillis < TimeUnit.SECONDS.toMillis(link.end());
    }

    /** What is wrong with it now, null for nothing. */
    @Nullable
    LinkOutcome refusal(CompiledTable<?, ?> table, long nowMillis) {
        LinkOutcome refusal = refusal(link, table, nowMillis);
        return refusal != null || key.equals(key(link, table)) ? refusal : LinkOutcome.REVOKED;
    }

    /** What is wrong with a link before its signature is looked at, null for nothing. */
    static @Nullable LinkOutcome refusal(LaneLink link, CompiledTable<?, ?> table, long nowMillis) {
        if (!counts(link, nowMillis)) {
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
}
