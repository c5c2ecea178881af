package io.laneway.router.check;

import io.laneway.router.model.recording.Recording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Looks for a time at which more recordings run than gateways take. By their times alone, so that a table is refused
 * today as tomorrow: one that has ended counts only against those that ran beside it. Stateless.
 */
final class RecordingBound {

    private RecordingBound() {}

    static void check(List<Recording> recordings, PathProblems findings) {
        if (recordings.size() <= Recording.MOST_AT_ONCE) {
            return;
        }
        List<Integer> byBegin = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            byBegin.add(i);
        }
        byBegin.sort(Comparator.comparing(i -> begin(recordings.get(i))));
        PriorityQueue<Instant> ends = new PriorityQueue<>();
        for (int i : byBegin) {
            Instant begin = begin(recordings.get(i));
            while (!ends.isEmpty() && !ends.peek().isAfter(begin)) {
                ends.poll();
            }
            if (ends.size() >= Recording.MOST_AT_ONCE) {
                findings.add(
                        "recordings[" + i + "]",
                        ends.size() + " others run when it begins",
                        "at most " + Recording.MOST_AT_ONCE + " at once");
                return;
            }
            ends.add(recordings.get(i).until());
        }
    }

    private static Instant begin(Recording recording) {
        return recording.from() == null ? Instant.MIN : recording.from();
    }
}
