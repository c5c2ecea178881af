package io.laneway.gateway.telemetry.tap;

import org.jspecify.annotations.Nullable;

/** How far a reader is in what one event loop writes. Confined to one thread. */
final class RecordCursor {

    private final SegmentPool pool;
    private final int loop;
    private final RecordView view = new RecordView();
    private long next;

    /** Takes records one by one. */
    interface Sink {

        /** Reads what it wants of a record; it may have been written again meanwhile, so nothing counts yet. */
        void read(RecordView record);

        /** What was read last is right. */
        void confirmed();
    }

    /** Begins behind what is written by now. */
    RecordCursor(SegmentPool pool, int loop) {
        this.pool = pool;
        this.loop = loop;
        for (RecordSegment segment : pool.segments()) {
            next = Math.max(next, end(segment));
        }
    }

    /** The sequence behind a segment's last record; 0 if it is of another loop. */
    private long end(RecordSegment segment) {
        long epoch = segment.epoch();
        long end = segment.owner() == loop ? segment.first() + segment.count() : 0;
        return segment.isSince(epoch) ? end : 0;
    }

    /**
     * Hands over what was written since.
     *
     * @return how many records were written over before they were read
     */
    long read(Sink to) {
        long lost = 0;
        for (RecordSegment segment = find(); segment != null; segment = find()) {
            long epoch = segment.epoch();
            long first = segment.first();
            int count = segment.count();
            if (!segment.isSince(epoch)) {
                continue;
            }
            if (first > next) {
                lost += first - next;
                next = first;
            }
            for (int i = (int) (next - first); i < count && read(segment, i, epoch, to); i++) {
                next++;
            }
        }
        return lost;
    }

    private boolean read(RecordSegment segment, int record, long epoch, Sink to) {
        try {
            view.at(segment, record);
            to.read(view);
        } catch (RuntimeException e) {
            // what is being written again has no meaning
            if (segment.isSince(epoch)) {
                throw e;
            }
        }
        boolean right = segment.isSince(epoch);
        if (right) {
            to.confirmed();
        }
        return right;
    }

    /** The segment with the next record, or, if that is lost, with the first one after it; null if there is none yet. */
    private @Nullable RecordSegment find() {
        RecordSegment found = null;
        long earliest = Long.MAX_VALUE;
        for (RecordSegment segment : pool.segments()) {
            long end = end(segment);
            if (end > next && end < earliest) {
                earliest = end;
                found = segment;
            }
        }
        return found;
    }
}
