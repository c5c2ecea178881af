package io.laneway.gateway.telemetry.metrics;

import io.laneway.router.decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One loop's request series, found by their labels without allocation: open addressing over the cached hashes of the
 * names, which are the table's own strings and so mostly the same objects. The loop changes it, any thread may read
 * {@link #all()}.
 */
final class SeriesTable {

    private static final int FIRST_SIZE = 64;

    private @Nullable RequestSeries[] slots = new RequestSeries[FIRST_SIZE];
    private volatile List<RequestSeries> all = List.of();

    @Nullable
    RequestSeries find(String service, String lane, String requested, @Nullable Reason reason) {
        int mask = slots.length - 1;
        int slot = hash(service, lane, requested, reason) & mask;
        for (RequestSeries series = slots[slot]; series != null; series = slots[slot]) {
            if (series.matches(service, lane, requested, reason)) {
                return series;
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    void add(RequestSeries series) {
        List<RequestSeries> grown = new ArrayList<>(all);
        grown.add(series);
        rebuild(grown);
    }

    /** Forgets the series that the predicate names. */
    void removeIf(Predicate<RequestSeries> gone) {
        List<RequestSeries> left = new ArrayList<>(all);
        if (left.removeIf(gone)) {
            rebuild(left);
        }
    }

    /** The series, in the order in which they were first used. Any thread. */
    List<RequestSeries> all() {
        return all;
    }

    private void rebuild(List<RequestSeries> series) {
        boolean inPlace = series.size() * 2 <= slots.length && series.size() > all.size();
        if (inPlace) {
            place(slots, series.get(series.size() - 1));
        } else {
            @Nullable
            RequestSeries[] fresh =
                    new RequestSeries[Math.max(FIRST_SIZE, Integer.highestOneBit(Math.max(series.size(), 1)) * 4)];
            series.forEach(one -> place(fresh, one));
            slots = fresh;
        }
        all = series;
    }

    private static void place(@Nullable RequestSeries[] slots, RequestSeries series) {
        SeriesKey key = series.key();
        int mask = slots.length - 1;
        int slot = hash(key.service(), key.lane(), key.requested(), key.reason()) & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = series;
    }

    private static int hash(String service, String lane, String requested, @Nullable Reason reason) {
        int hash = (service.hashCode() * 31 + lane.hashCode()) * 31 + requested.hashCode();
        hash = hash * 31 + (reason == null ? 0 : reason.word().hashCode());
        return hash ^ (hash >>> 15);
    }
}
