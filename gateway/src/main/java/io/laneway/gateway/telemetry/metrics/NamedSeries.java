package io.laneway.gateway.telemetry.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which of many counted keys have series of their own: those with the most requests lately, as many as there is room for.
 * What the others count is added to the key that they fold into. Confined to one thread at a time.
 *
 * <p>Only what was counted since is added, each part to one sum, and nothing is ever taken from one: whichever way a key
 * goes, no counter falls and none takes over what another had counted before, so that {@code rate()} sees each request
 * once. What was counted while a key came or went is added to the sum that is read before and after, the folded one. A key
 * with a series of its own keeps it against another with less than twice its requests, and for a minute.
 */
final class NamedSeries<K> {

    /** Between two choices, in milliseconds. */
    static final long REST_MILLIS = 60_000;

    /** How much room the series of a key take, and how busy it is. */
    interface Weight {

        /** The lines that these counts are. */
        int lines(long[] counts);

        /** The requests among these counts. */
        long requests(long[] counts);
    }

    /** A key and what was counted of it lately. Confined as its series are. */
    static final class Entry<K> {
        private final K key;
        private final K folded;
        private final long[] counted;
        private long @Nullable [] shown;
        private boolean fresh = true;
        private boolean present;
        private boolean chosen;
        private long recent;
        private int lines;

        private Entry(K key, K folded, int width) {
            this.key = key;
            this.folded = folded;
            this.counted = new long[width];
        }

        /** Takes note that there is such a key, and gives the counts to which to add what was counted since. */
        long[] counts() {
            present = true;
            return counted;
        }

        /** Whether it is known and has no series of its own. */
        boolean folds() {
            return shown == null && !fresh;
        }

        private boolean foldable() {
            return !key.equals(folded);
        }

        /** A key that is kept is worth twice as much. */
        private long rank() {
            return shown == null ? recent : 2 * recent + 1;
        }
    }

    private final int budget;
    private final int width;
    private final Weight weight;
    private final UnaryOperator<K> fold;
    private final Map<K, Entry<K>> entries = new HashMap<>();
    private final Map<K, long[]> folded = new HashMap<>();
    private long nextChoice = Long.MIN_VALUE;

    /**
     * Has no keys yet.
     *
     * @param budget lines of all keys with series of their own
     * @param width  how many numbers are counted of a key
     * @param fold   what a key without them is counted as; a key that folds into itself never has them
     */
    NamedSeries(int budget, int width, Weight weight, UnaryOperator<K> fold) {
        this.budget = budget;
        this.width = width;
        this.weight = weight;
        this.fold = fold;
    }

    /** The entry of a key, to be used until {@link #settle} finds that it was not. */
    Entry<K> entry(K key) {
        return entries.computeIfAbsent(key, each -> new Entry<>(each, fold.apply(each), width));
    }

    /**
     * Takes over what was counted since the last call. Keys of which no note was taken since are forgotten.
     *
     * @param now milliseconds since the epoch
     */
    void settle(long now) {
        entries.values().removeIf(entry -> !entry.present);
        List<Entry<K>> candidates = new ArrayList<>(entries.size());
        for (Entry<K> entry : entries.values()) {
            entry.present = false;
            entry.recent += weight.requests(entry.counted);
            int lines = weight.lines(entry.shown == null ? entry.counted : Sums.plus(entry.shown, entry.counted));
            entry.lines = entry.shown == null ? Math.max(entry.lines, lines) : lines;
            if (entry.foldable()) {
                candidates.add(entry);
            }
        }
        choose(candidates, now);
        entries.values().forEach(this::settle);
    }

    /** Forgets the sums of keys without series of their own that the predicate names. */
    void forget(Predicate<K> gone) {
        folded.keySet().removeIf(gone);
    }

    /** The keys with series of their own, with what these have counted. */
    void named(BiConsumer<K, long[]> each) {
        for (Entry<K> entry : entries.values()) {
            if (entry.shown != null) {
                each.accept(entry.key, entry.shown);
            }
        }
    }

    /** What was counted without a series of its own, by what the keys fold into. */
    Map<K, long[]> folded() {
        return folded;
    }

    /** Whether it is known and has no series of its own. */
    boolean folds(K key) {
        Entry<K> entry = entries.get(key);
        return entry != null && entry.folds();
    }

    /** How many keys have no series of their own. */
    int unnamed() {
        int unnamed = 0;
        for (Entry<K> entry : entries.values()) {
            unnamed += entry.shown == null && entry.foldable() ? 1 : 0;
        }
        return unnamed;
    }

    private void choose(List<Entry<K>> candidates, long now) {
        int kept = 0;
        for (Entry<K> entry : candidates) {
            kept += entry.shown == null ? 0 : entry.lines;
        }
        boolean due = now >= nextChoice || now < nextChoice - REST_MILLIS;
        if (due || kept > budget) {
            nextChoice = now + REST_MILLIS;
            candidates.sort(Comparator.<Entry<K>>comparingLong(Entry::rank).reversed());
            fill(candidates, budget);
            candidates.forEach(entry -> entry.recent >>= 1);
        } else {
            candidates.removeIf(entry -> !entry.fresh);
            candidates.sort(Comparator.<Entry<K>>comparingLong(Entry::rank).reversed());
            fill(candidates, budget - kept);
        }
    }

    private static <K> void fill(List<Entry<K>> candidates, int room) {
        int left = room;
        for (Entry<K> entry : candidates) {
            entry.chosen = entry.lines <= left;
            left -= entry.chosen ? entry.lines : 0;
        }
    }

    private void settle(Entry<K> entry) {
        boolean readBefore = entry.shown != null || entry.fresh;
        if (!entry.chosen) {
            entry.shown = null;
        } else if (entry.shown == null) {
            entry.shown = new long[width];
        }
        long[] to = entry.shown;
        if (to == null || !readBefore) {
            to = folded.computeIfAbsent(entry.folded, each -> new long[width]);
        }
        Sums.add(entry.counted, to);
        Arrays.fill(entry.counted, 0);
        entry.fresh = false;
    }
}
