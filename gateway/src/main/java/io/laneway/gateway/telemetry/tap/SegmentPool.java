package io.laneway.gateway.telemetry.tap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The segments of all event loops. A loop that has filled its segment puts it in the place of the one filled longest ago,
 * of any loop, and writes to that: so a gateway remembers its last requests even if one loop had them all. Safe
 * for many threads; a loop neither waits nor, once every segment was made, allocates.
 */
final class SegmentPool {

    /** Bytes of texts and fields that a record has on average; what is longer leaves room for fewer. */
    static final int RECORD_BYTES = 164;

    /** The longest record fits into an empty segment: every text of it, as long as texts may be. */
    private static final int LEAST_BYTES = 1 << 15;

    private static final int SEGMENTS_PER_LOOP = 16;
    private static final int LEAST_RECORDS = 16;

    private final int records;
    private final int size;
    private final AtomicReferenceArray<RecordSegment> filled;
    private final AtomicLong turns = new AtomicLong();
    private final List<LoopSegment> loops = new CopyOnWriteArrayList<>();

    /** Room for the last so many requests of usual size, over so many loops. */
    SegmentPool(int remembered, int loops) {
        int least = Math.min(LEAST_BYTES / RECORD_BYTES, Math.max(LEAST_RECORDS, remembered / SEGMENTS_PER_LOOP));
        this.records = Math.max(least, remembered / (SEGMENTS_PER_LOOP * loops));
        this.size = Math.max(LEAST_BYTES, records * RECORD_BYTES);
        // A segment that is filled may hold records older than those of another loop: one more for each of these.
        this.filled = new AtomicReferenceArray<>((remembered + records - 1) / records + loops - 1);
    }

    /** A place for the segment of one more event loop. */
    synchronized LoopSegment join() {
        LoopSegment loop = new LoopSegment(loops.size());
        loops.add(loop);
        return loop;
    }

    /** The first segment of a writer. */
    RecordSegment segment() {
        return new RecordSegment(records, size);
    }

    /** Takes a full segment, and gives the one that was filled longest ago. */
    RecordSegment exchange(RecordSegment full) {
        int at = (int) (turns.getAndIncrement() % filled.length());
        RecordSegment oldest = filled.getAndSet(at, full);
        return oldest == null ? segment() : oldest;
    }

    /** The segments that may have records, in no order. */
    List<RecordSegment> segments() {
        List<RecordSegment> all = new ArrayList<>(filled.length() + loops.size());
        for (int i = 0; i < filled.length(); i++) {
            RecordSegment segment = filled.get(i);
            if (segment != null) {
                all.add(segment);
            }
        }
        for (LoopSegment loop : loops) {
            RecordSegment current = loop.current();
            if (current != null && !all.contains(current)) {
                all.add(current);
            }
        }
        return all;
    }

    /** Bytes on the heap once every segment was made. */
    long heapBytes() {
        return (filled.length() + loops.size()) * RecordSegment.heapBytes(records, size);
    }
}
