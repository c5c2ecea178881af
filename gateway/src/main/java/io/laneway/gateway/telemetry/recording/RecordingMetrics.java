package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.gateway.telemetry.metrics.RecordingTotals;
import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.RecordingCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What recordings counted, by their names. Stateless. */
final class RecordingMetrics {

    private RecordingMetrics() {}

    static void write(List<RunningRecording> all, Exposition out) {
        List<RecordingTotals> totals = totals(all, 0);
        out.counter("laneway_recording_kept_total", "Requests that a recording kept.");
        totals.forEach(each -> out.sample(each.kept(), "recording", each.recording()));
        out.counter("laneway_recording_dropped_total", "Requests that a recording matched and that were not kept.");
        totals.forEach(each -> new TreeMap<>(each.dropped())
                .forEach((reason, count) -> out.sample(count, "recording", each.recording(), "reason", reason)));
        frames(all, out);
    }

    /** Of recordings that ask for them. */
    private static void frames(List<RunningRecording> all, Exposition out) {
        Map<String, long[]> sums = new TreeMap<>();
        for (RunningRecording each : all) {
            RecordingCounts counts = each.counts();
            if (counts != null && each.recording().frames()) {
                long[] sum = sums.computeIfAbsent(each.recording().name(), name -> new long[2]);
                sum[0] += counts.keptFrames();
                sum[1] += counts.droppedFrames();
            }
        }
        if (sums.isEmpty()) {
            return;
        }
        out.counter("laneway_recording_frames_kept_total", "Messages and control frames of WebSockets that were kept.");
        sums.forEach((name, sum) -> out.sample(sum[0], "recording", name));
        out.counter("laneway_recording_frames_dropped_total", "Frames of recorded WebSockets that were not kept.");
        sums.forEach((name, sum) -> out.sample(sum[1], "recording", name));
    }

    /**
     * Sums of the recordings of one name, in the order of names. One that was changed while it ran is in {@code all} as
     * it was, too.
     */
    static List<RecordingTotals> totals(List<RunningRecording> all, long now) {
        Map<String, List<RunningRecording>> named = new TreeMap<>();
        all.forEach(each -> named.computeIfAbsent(each.recording().name(), name -> new ArrayList<>())
                .add(each));
        return named.entrySet().stream()
                .map(each -> sum(each.getKey(), each.getValue(), now))
                .toList();
    }

    private static RecordingTotals sum(String name, List<RunningRecording> all, long now) {
        boolean open = false;
        long matched = 0;
        long kept = 0;
        Map<String, Long> dropped = new TreeMap<>();
        for (RunningRecording each : all) {
            open |= each.runs(now);
            matched += each.unplacedCount();
            add(dropped, "directory", each.unplacedCount());
            RecordingCounts counts = each.counts();
            if (counts != null) {
                // before those that ended, so that there are never more of them than matched
                kept += counts.kept();
                for (DropReason reason : DropReason.values()) {
                    add(dropped, reason.word(), counts.dropped(reason));
                }
                matched += counts.matched();
            }
        }
        return new RecordingTotals(name, open, matched, kept, dropped);
    }

    private static void add(Map<String, Long> dropped, String reason, long count) {
        if (count > 0) {
            dropped.merge(reason, count, Long::sum);
        }
    }
}
