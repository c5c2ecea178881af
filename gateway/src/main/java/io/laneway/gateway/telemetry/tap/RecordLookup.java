package io.laneway.gateway.telemetry.tap;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Finds remembered requests by their ids: by the hashes, which are looked through one by one, since a look-up is rare and
 * an index in order would cost every request. Safe for many threads.
 */
public final class RecordLookup {

    private static final int TRACE_ID = 32;

    private final SegmentPool pool;

    RecordLookup(SegmentPool pool) {
        this.pool = pool;
    }

    private record Found<T>(long started, long nanos, T what) {}

    /** What is made of each request with that id, in the order in which they began; of a long id the kept part counts. */
    public <T> List<T> byRequestId(String id, Function<RecordView, T> make) {
        Slice asked = Slice.of(id);
        long high = 0;
        long low = 0;
        if (asked.length() == PackedId.UUID_LENGTH) {
            high = PackedId.uuidHigh(asked.array(), 0);
            low = high == 0 ? 0 : PackedId.uuidLow(asked.array(), 0);
        }
        int length = Math.min(asked.length(), SegmentTexts.MAX_TEXT);
        int hash = low == 0 ? PackedId.hash(asked.array(), 0, length) : PackedId.hash(high, low);
        String kept = asked.length() > length ? new String(asked.array(), 0, length, StandardCharsets.UTF_8) : id;
        Slice own = new Slice();
        return find(
                segment -> segment.requests,
                hash,
                record -> {
                    record.requestId(own);
                    return own.toString().equals(kept);
                },
                make);
    }

    /** What is made of each request of that trace, in the order in which they began. */
    public <T> List<T> byTraceId(String id, Function<RecordView, T> make) {
        byte[] asked = Slice.of(id).array();
        if (asked.length != TRACE_ID) {
            return List.of();
        }
        int hash = PackedId.hash(PackedId.sixteen(asked, 0), PackedId.sixteen(asked, TRACE_ID / 2));
        return find(segment -> segment.traces, hash, record -> record.traceId().equals(id), make);
    }

    private <T> List<T> find(
            Function<RecordSegment, int[]> index,
            int hash,
            Function<RecordView, Boolean> is,
            Function<RecordView, T> make) {
        List<Found<T>> found = new ArrayList<>();
        for (RecordSegment segment : pool.segments()) {
            long epoch = segment.epoch();
            int[] hashes = index.apply(segment);
            int count = segment.count();
            for (int i = 0; i < count; i++) {
                if (hashes[i] == hash) {
                    read(segment, i, epoch, is, make, found);
                }
            }
        }
        // Of two that began in the same millisecond the one that lasted longer went through the other's gateway first.
        found.sort(Comparator.<Found<T>>comparingLong(Found::started)
                .thenComparing(Comparator.<Found<T>>comparingLong(Found::nanos).reversed()));
        return found.stream().map(Found::what).toList();
    }

    private static <T> void read(
            RecordSegment segment,
            int record,
            long epoch,
            Function<RecordView, Boolean> is,
            Function<RecordView, T> make,
            List<Found<T>> found) {
        RecordView view = new RecordView();
        try {
            view.at(segment, record);
            if (is.apply(view)) {
                Found<T> one = new Found<>(view.startedMillis(), view.durationNanos(), make.apply(view));
                if (segment.isSince(epoch)) {
                    found.add(one);
                }
            }
        } catch (RuntimeException e) {
            // what is being written again has no meaning
            if (segment.isSince(epoch)) {
                throw e;
            }
        }
    }
}
