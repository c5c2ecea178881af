package io.laneway.gateway.traffic.authorize;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.laneway.gateway.runtime.config.AuthConfig.Memory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one listener's authorizer that are remembered, by the key of their check. Bounded in bytes: where room is
 * short, those go that are asked for least. Safe for many threads.
 */
final class DecisionCache {

    private static final long MOST_BYTES = 32L << 20;
    private static final int OVERHEAD = 128;

    /** How long a stale decision counts before the authorizer is asked again. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final long time;
    private final long stale;
    private final Cache<CheckKey, RememberedDecision> kept;

    /** @param heap bytes, of which it takes a small part */
    DecisionCache(Memory memory, long heap) {
        this.time = memory.time().toNanos();
        this.stale = memory.stale().toNanos();
        this.kept = Caffeine.newBuilder()
                .maximumWeight(Math.min(MOST_BYTES, heap / 32))
                .<CheckKey, RememberedDecision>weigher(
                        (key, value) -> key.size() + value.decision().size() + OVERHEAD)
                .build();
    }

    /** What is kept for that check, fresh or not. */
    @Nullable
    RememberedDecision find(CheckKey key) {
        return kept.getIfPresent(key);
    }

    /** Keeps it, if it lasts. */
    void add(CheckKey key, AuthDecision decision, long now) {
        if (decision.isLasting()) {
            kept.put(key, new RememberedDecision(decision, now + time, now + time + stale));
        } else {
            kept.invalidate(key);
        }
    }

    /** The decision that counts although the authorizer says nothing; null if there is none. */
    @Nullable
    RememberedDecision stale(CheckKey key, long now) {
        RememberedDecision known = kept.getIfPresent(key);
        if (known == null || !known.isUsable(now)) {
            return null;
        }
        if (!known.isFresh(now)) {
            known.lasts(now + PAUSE);
        }
        return known;
    }

    /** Decisions that are kept now, those that expired included. */
    long count() {
        return kept.estimatedSize();
    }
}
