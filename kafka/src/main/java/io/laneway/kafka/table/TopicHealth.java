package io.laneway.kafka.table;

import org.apache.kafka.common.Uuid;

/**
 * What one look at the table's topic saw. Immutable.
 *
 * @param id            a topic that is created again has another
 * @param first         the first offset that it holds
 * @param end           the offset after its last record
 * @param kept          whether its policy kept all that compaction leaves, at this look
 * @param largestRecord the largest value that it takes, leaving room for key and headers
 */
record TopicHealth(Uuid id, long first, long end, boolean kept, int largestRecord) {

    /** Room for a batch's head, key and headers. */
    static final int OVERHEAD = 2 * 1024;

    /** Whether nothing was lost, and nothing written by others, since an earlier look. */
    boolean unchangedSince(TopicHealth before) {
        return kept && id.equals(before.id) && first == before.first && end == before.end;
    }

    /** The same after records were written up to an offset. */
    TopicHealth writtenUpTo(long newEnd) {
        return new TopicHealth(id, first, newEnd, kept, largestRecord);
    }
}
