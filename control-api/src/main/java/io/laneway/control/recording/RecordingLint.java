package io.laneway.control.recording;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.LintSource;
import io.laneway.router.text.Slug;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which recordings run, since they keep what people send, and which of them match nothing. Safe for many threads. */
public final class RecordingLint implements LintSource {

    private final Clock clock;

    public RecordingLint(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Finding> findings(LaneTable table) {
        List<Finding> findings = new ArrayList<>();
        Instant now = clock.instant();
        for (Recording recording : table.recordings()) {
            if (RecordingState.of(recording, now) != RecordingState.RUNNING) {
                continue;
            }
            String subject = "recording " + recording.name();
            findings.add(new Finding(
                    "recording-runs",
                    subject,
                    "gateways keep requests" + of(recording) + " until " + recording.until()
                            + ": laneway record stop ends it"));
            String missing = missing(table, recording);
            if (missing != null) {
                findings.add(new Finding("recording-matches-nothing", subject, missing + ": it keeps nothing"));
            }
        }
        return findings;
    }

    private static String of(Recording recording) {
        String service = recording.service() == null ? "" : " of service " + recording.service();
        return recording.lane() == null ? service : service + " in lane " + recording.lane();
    }

    private static @Nullable String missing(LaneTable table, Recording recording) {
        ServiceId service = recording.service();
        if (service != null && table.services().stream().map(Service::id).noneMatch(service::equals)) {
            return "there is no service " + service;
        }
        String lane = recording.lane();
        return lane == null || isThere(table, Slug.of(lane)) ? null : "there is no lane " + lane;
    }

    private static boolean isThere(LaneTable table, String slug) {
        return Slug.of(table.base()).equals(slug)
                || table.lanes().stream().anyMatch(lane -> Slug.of(lane.name()).equals(slug));
    }
}
