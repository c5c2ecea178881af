package io.laneway.control.lane;

import io.laneway.control.webhook.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long lanes live that are not used, and which webhooks hear of it. Immutable.
 *
 * @param warnAfter   idle so long, a lane is expiring
 * @param expireAfter idle so long, it is expired: its requests go to the base lane
 * @param deleteAfter so long after it expired, it is deleted
 * @param idle        whether lanes expire by being idle at all; {@code ttl} and {@code expiresAt} hold either way
 * @param every       how often lanes are looked at
 * @param link        where this API can be reached, for the renew link; null for none
 */
public record LaneLifeConfig(
        Duration warnAfter,
        Duration expireAfter,
        Duration deleteAfter,
        boolean idle,
        Duration every,
        @Nullable URI link,
        List<Webhook> webhooks) {

    /** Warned after 6 days, expired after 7, deleted after 7 more, looked at each minute. */
    public static final LaneLifeConfig DEFAULT = new LaneLifeConfig(
            Duration.ofDays(6), Duration.ofDays(7), Duration.ofDays(7), true, Duration.ofMinutes(1), null, List.of());

    public LaneLifeConfig {
        if (warnAfter.compareTo(expireAfter) > 0) {
            throw new IllegalArgumentException(
                    "warnAfter: " + warnAfter + " (expected: at most expireAfter, " + expireAfter + ")");
        }
        Objects.requireNonNull(deleteAfter, "deleteAfter");
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("every: " + every + " (expected: above 0)");
        }
        webhooks = List.copyOf(webhooks);
    }
}
