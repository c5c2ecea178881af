package io.laneway.replay.run;

import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.file.Tail;
import io.laneway.replay.result.LaneShare;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison came to. Immutable, but for its counts, which are only read.
 *
 * @param lane how many requests the lane served itself
 * @param base how many base did
 * @param left requests without responses of all three sides
 * @param tail what is left behind the last whole member of the file, null if nothing is
 */
public record Compared(
        DiffReport report,
        LaneShare lane,
        LaneShare base,
        long left,
        @Nullable Tail tail) {

    /** Whether no request had responses of all three sides, so that there was nothing to compare. */
    public boolean isEmpty() {
        return report.requests() == 0;
    }

    /** Why it says nothing of the lane; empty if it does. */
    public String problem() {
        if (lane.isNone()) {
            // base was compared with itself
            return lane + " (expected: >= 1, by x-laneway-lane of the responses)";
        }
        if (base.isNone() && base.isRefused()) {
            return base + " (expected: >= 1, by x-laneway-lane of the responses)";
        }
        return isEmpty()
                ? left + " requests, none with responses of base1, base2 and lane (expected: what"
                        + " `laneway replay --against` wrote)"
                : "";
    }
}
