package io.laneway.gateway.traffic.verified;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The texts that were verified for one listener, in sets of eight by their hash. Finding takes no lock and allocates
 * nothing; only what was verified comes in, so that strangers cannot fill it. Bounded in number and bytes: where room is
 * short, those go that no request came with lately. Safe for many threads.
 *
 * @param <T> what is known of such a text
 */
public final class VerifiedTexts<T extends VerifiedText> {

    private static final int WAYS = 8;
    private static final int MOST_SETS = 2048;
    private static final long MOST_BYTES = 32L << 20;

    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;
    private final long room;
    private long bytes;
    private int count;
    private int hand;

    /** For texts that take a small part of a heap of so many bytes. */
    public static <T extends VerifiedText> VerifiedTexts<T> of(long heap) {
        return new VerifiedTexts<>(MOST_SETS, Math.min(MOST_BYTES, heap / 32));
    }

    /**
     * None yet.
     *
     * @param sets a power of two
     * @param room bytes that they may take together
     */
    public VerifiedTexts(int sets, long room) {
        this.slots = new AtomicReferenceArray<>(sets * WAYS);
        this.mask = sets - 1;
        this.room = room;
    }

    /** What is known of these bytes, ended or not; null if it is not known. */
    public @Nullable T find(byte[] array, int offset, int length) {
        int hash = TextHash.of(array, offset, length);
        int first = (hash & mask) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            T text = slots.getAcquire(i);
            if (text != null && text.hash() == hash && text.is(array, offset, length)) {
                text.use();
                return text;
            }
        }
        return null;
    }

    /** Keeps it, in place of others where there is no room. Never on an event loop. */
    public synchronized void add(T text, long nowMillis) {
        if (text.size() > room) {
            return;
        }
        int place = place(text, nowMillis);
        set(place, text);
        for (int swept = 0; bytes > room && swept < 2 * slots.length(); swept++) {
            sweep(hand++ & (slots.length() - 1), place, nowMillis);
        }
    }

    /** Its own place, else one of its set that is empty or ended, else one that no request came with, else any. */
    private int place(T text, long nowMillis) {
        int first = (text.hash() & mask) * WAYS;
        int place = first + (hand++ & (WAYS - 1));
        for (int i = first; i < first + WAYS; i++) {
            T other = slots.getAcquire(i);
            if (other != null && other.isSame(text)) {
                return i;
            }
        }
        for (int i = first; i < first + WAYS; i++) {
            T other = slots.getAcquire(i);
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
        T text = slots.getAcquire(at);
        if (text != null && at != spared && (!text.counts(nowMillis) || !text.wasUsed())) {
            set(at, null);
        }
    }

    /** Forgets those. Never on an event loop. */
    public synchronized void forget(Predicate<T> which) {
        for (int i = 0; i < slots.length(); i++) {
            T text = slots.getAcquire(i);
            if (text != null && which.test(text)) {
                set(i, null);
            }
        }
    }

    private void set(int at, @Nullable T text) {
        T before = slots.getAcquire(at);
        if (before != null) {
            bytes -= before.size();
            count--;
        }
        if (text != null) {
            bytes += text.size();
            count++;
        }
        slots.setRelease(at, text);
    }

    /** How many are kept now, those that ended included. */
    public synchronized int count() {
        return count;
    }
}
