package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.telemetry.metrics.Exposition;
import io.laneway.replay.record.DropReason;
import io.laneway.replay.record.RecordingCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What recordings counted, by their names. Stateless. */
final class RecordingMetrics {

    private RecordingMetrics() {}

    static void write(List<RunningRecording> all, Exposition out) {
        Map<String, Long> kept = new TreeMap<>();
        Map<String, Map<String, Long>> dropped = new TreeMap<>();
        for (RunningRecording each : all) {
            String name = each.recording().name();
            Map<String, Long> reasons = dropped.computeIfAbsent(name, made -> new TreeMap<>());
            reasons.merge("directory", each.unplacedCount(), Long::sum);
            RecordingCounts counts = each.counts();
            kept.merge(name, counts == null ? 0 : counts.kept(), Long::sum);
            if (counts != null) {
                for (DropReason reason : DropReason.values()) {
                    reasons.merge(reason.word(), counts.dropped(reason), Long::sum);
                }
            }
        }
        out.counter("laneway_recording_kept_total", "Requests that a recording kept.");
        kept.forEach((name, count) -> out.sample(count, "recording", name));
        out.counter("laneway_recording_dropped_total", "Requests that a recording matched and that were not kept.");
        dropped.forEach((name, reasons) -> reasons.forEach((reason, count) -> {
            if (count > 0) {
                out.sample(count, "recording", name, "reason", reason);
            }
        }));
    }
}
