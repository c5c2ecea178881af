package io.laneway.gateway.upstream.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The pools of one endpoint on all event loops, where a pool without an idle connection looks for one before it makes one.
 * Asked only then. Safe for many threads.
 */
public final class Lenders {

    private final int loops;
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<Loan.@Nullable Lender>> byWire =
            new AtomicReferenceArray<>(WireProtocol.COUNT);

    /** The loop that got a connection last: few have one where requests are rare. A guess, so races do no harm. */
    private int latest;

    /** @param loops how many event loops there are */
    public Lenders(int loops) {
        this.loops = loops;
    }

    /** A loop has a pool. On that loop. */
    void add(int loop, WireProtocol wire, Loan.Lender pool) {
        if (loops > 1) {
            of(wire).set(loop, pool);
        }
    }

    private AtomicReferenceArray<Loan.@Nullable Lender> of(WireProtocol wire) {
        AtomicReferenceArray<Loan.@Nullable Lender> pools = byWire.get(wire.number());
        if (pools != null) {
            return pools;
        }
        AtomicReferenceArray<Loan.@Nullable Lender> made = new AtomicReferenceArray<>(loops);
        AtomicReferenceArray<Loan.@Nullable Lender> before = byWire.compareAndExchange(wire.number(), null, made);
        return before == null ? made : before;
    }

    /** A loop got a connection. */
    void got(int loop) {
        latest = loop;
    }

    /**
     * The pool of another loop that has a connection which was not used for so long, in nanoseconds; null if there is none.
     */
    Loan.@Nullable Lender find(int loop, WireProtocol wire, long now, long unused) {
        AtomicReferenceArray<Loan.@Nullable Lender> pools = loops > 1 ? byWire.get(wire.number()) : null;
        if (pools == null) {
            return null;
        }
        int first = latest;
        for (int i = 0; i < loops; i++) {
            int place = (first + i) % loops;
            Loan.Lender pool = place == loop ? null : pools.get(place);
            if (pool != null && pool.lends(now, unused)) {
                return pool;
            }
        }
        return null;
    }
}
