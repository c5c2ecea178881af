package io.laneway.gateway.runtime.limit;

import io.laneway.gateway.runtime.limit.TokenStore.Grant;
import io.laneway.gateway.runtime.limit.TokenStore.Order;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The tokens of one key that this gateway has reserved and may spend for a while. Slices are as large as what is spent in a
 * quarter of that while, so that little is left unspent when requests stop. Any thread takes and waits; orders and grants
 * are of the thread of {@link Orders}. Times are nanoseconds of its clock.
 */
final class Lease {

    /** Where leases ask for tokens. Safe for many threads. */
    interface Orders {

        /** Nanoseconds of the clock that leases go by. */
        long now();

        /** Has an order made for the lease, which {@link #granted} or {@link #failed} follows. */
        void ask(Lease lease);
    }

    /** How long tokens count from when they were asked for. */
    static final long HOLD = TimeUnit.MILLISECONDS.toNanos(100);

    /** Part of a burst that a gateway reserves at most without requests that wait for it. */
    private static final int PART = 8;

    private static final int PREFETCHED = 4;

    /** Between two orders for a key without tokens at least. */
    private static final long REST = TimeUnit.MILLISECONDS.toNanos(1);

    private final String key;
    private final RatePace pace;
    private final int most;
    private final Orders orders;
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicBoolean asks = new AtomicBoolean();
    private final Queue<Consumer<Boolean>> waiting = new ConcurrentLinkedQueue<>();
    private volatile long spentUntil = Long.MIN_VALUE;
    private volatile long blockedUntil = Long.MIN_VALUE;
    private volatile int low = -1;

    private int slice = 1;
    private int had;
    private long grantedAt = Long.MIN_VALUE;

    Lease(String key, RatePace pace, int burst, Orders orders) {
        this.key = key;
        this.pace = pace;
        this.most = Math.max(1, burst / PART);
        this.orders = orders;
    }

    /** 0 if a request may pass, nanoseconds until one may, or {@link RateLimiter#UNSETTLED} if the store is to say it. */
    long take(long now) {
        if (now < spentUntil) {
            for (int before = tokens.get(); before > 0; before = tokens.get()) {
                if (tokens.compareAndSet(before, before - 1)) {
                    if (before - 1 <= low && now >= blockedUntil) {
                        ask();
                    }
                    return 0;
                }
            }
        }
        long blocked = blockedUntil;
        return blocked > now ? blocked - now : RateLimiter.UNSETTLED;
    }

    /** Is called once the store has responded, or does not. */
    void await(Consumer<Boolean> woken) {
        waiting.add(woken);
        if (!asks.compareAndSet(false, true)) {
            return;
        }
        // a grant may have come since the request looked; none does while it has the right to ask
        if (settled(orders.now())) {
            wake();
        } else {
            orders.ask(this);
        }
    }

    private boolean settled(long now) {
        return blockedUntil > now || (now < spentUntil && tokens.get() > 0);
    }

    private void ask() {
        if (asks.compareAndSet(false, true)) {
            orders.ask(this);
        }
    }

    Order order(long now) {
        long spent = Math.max(0, had - tokens.get());
        long since = Math.max(1, grantedAt == Long.MIN_VALUE ? HOLD : now - grantedAt);
        long quarter = (long) ((double) spent / since * HOLD / 4);
        slice = (int) Math.max(1, Math.min(Math.min(most, 2L * slice), quarter));
        return new Order(key, pace.interval(), pace.depth(), Math.max(slice, waiting.size()));
    }

    /** @param sent when it was asked for */
    void granted(Grant grant, long sent, long now) {
        int more = grant.tokens();
        if (now >= spentUntil) {
            tokens.set(more);
            spentUntil = sent + HOLD;
        } else if (tokens.getAndAdd(more) <= more) {
            // what was there before is spent before what came
            spentUntil = sent + HOLD;
        }
        had = tokens.get();
        grantedAt = now;
        low = more >= PREFETCHED ? more / 2 : -1;
        if (grant.next() > 0) {
            blockedUntil = now + Math.max(REST, grant.next());
        }
        wake();
    }

    void failed() {
        wake();
    }

    private void wake() {
        asks.set(false);
        for (Consumer<Boolean> one = waiting.poll(); one != null; one = waiting.poll()) {
            one.accept(true);
        }
    }
}
