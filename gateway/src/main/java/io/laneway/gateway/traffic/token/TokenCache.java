package io.laneway.gateway.traffic.token;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one listener that were verified, in sets of eight by their hash. Finding takes no lock and allocates
 * nothing; only verified tokens come in, so that strangers cannot fill it. Bounded in number and bytes: where room is
 * short, those go that no request came with lately. Safe for many threads.
 */
final class TokenCache {

    private static final int WAYS = 8;
    private static final int MOST_SETS = 2048;
    private static final long MOST_BYTES = 32L << 20;

    private final AtomicReferenceArray<@Nullable VerifiedToken> slots;
    private final int mask;
    private final long room;
    private long bytes;
    private int count;
    private int hand;

    /** A cache that takes a small part of a heap of so many bytes. */
    static TokenCache of(long heap) {
        return new TokenCache(MOST_SETS, Math.min(MOST_BYTES, heap / 32));
    }

    /**
     * An empty cache.
     *
     * @param sets a power of two
     * @param room bytes that its tokens may take together
     */
    TokenCache(int sets, long room) {
        this.slots = new AtomicReferenceArray<>(sets * WAYS);
        this.mask = sets - 1;
        this.room = room;
    }

    /** The token of these bytes, expired or not; null if it is not known. */
    @Nullable
    VerifiedToken find(byte[] array, int offset, int length) {
        int hash = TokenHash.of(array, offset, length);
        int first = (hash & mask) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            VerifiedToken token = slots.getAcquire(i);
            if (token != null && token.hash() == hash && token.is(array, offset, length)) {
                token.use();
                return token;
            }
        }
        return null;
    }

    /** Keeps a token, in place of others where there is no room. Never on an event loop. */
    synchronized void add(VerifiedToken token, long nowMillis) {
        if (token.size() > room) {
            return;
        }
        int place = place(token, nowMillis);
        set(place, token);
        for (int swept = 0; bytes > room && swept < 2 * slots.length(); swept++) {
            sweep(hand++ & (slots.length() - 1), place, nowMillis);
        }
    }

    /** Its own place, else one of its set that is empty or ended, else one that no request came with, else any. */
    private int place(VerifiedToken token, long nowMillis) {
        int first = (token.hash() & mask) * WAYS;
        int place = first + (hand++ & (WAYS - 1));
        for (int i = first; i < first + WAYS; i++) {
            VerifiedToken other = slots.getAcquire(i);
            if (other != null && other.isSame(token)) {
                return i;
            }
        }
        for (int i = first; i < first + WAYS; i++) {
            VerifiedToken other = slots.getAcquire(i);
            if (other == null || !other.counts(nowMillis)) {
                return i;
            }
            if (!other.isUsed()) {
                place = i;
            }
        }
        return place;
    }

    private void sweep(int at, int spared, long nowMillis) {
        VerifiedToken token = slots.getAcquire(at);
        if (token != null && at != spared && (!token.counts(nowMillis) || !token.wasUsed())) {
            set(at, null);
        }
    }

    /** Forgets tokens. Never on an event loop. */
    synchronized void forget(Predicate<VerifiedToken> which) {
        for (int i = 0; i < slots.length(); i++) {
            VerifiedToken token = slots.getAcquire(i);
            if (token != null && which.test(token)) {
                set(i, null);
            }
        }
    }

    private void set(int at, @Nullable VerifiedToken token) {
        VerifiedToken before = slots.getAcquire(at);
        if (before != null) {
            bytes -= before.size();
            count--;
        }
        if (token != null) {
            bytes += token.size();
            count++;
        }
        slots.setRelease(at, token);
    }

    /** Tokens that are kept now, those that expired included. */
    synchronized int count() {
        return count;
    }
}
