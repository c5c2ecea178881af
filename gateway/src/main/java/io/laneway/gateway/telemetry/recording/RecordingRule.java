package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.replay.record.Recorder;
import io.laneway.replay.record.RecorderInlet;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.text.Slice;
import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a recording wants, in the form in which requests are held against it. Confined to one event loop. */
final class RecordingRule {

    private final RunningRecording running;
    private final Loop loop;
    private final @Nullable RecorderInlet inlet;
    private final @Nullable String service;
    private final @Nullable String lane;
    private final String slug;
    private final @Nullable String tenant;
    private final byte @Nullable [] path;
    private final byte[] name;
    private final Slice scratch = new Slice();

    RecordingRule(RunningRecording running, Loop loop) {
        Recording recording = running.recording();
        this.running = running;
        this.loop = loop;
        this.inlet = running.recorder() == null ? null : running.recorder().inlet();
        this.service = recording.service() == null ? null : recording.service().toString();
        this.lane = recording.lane();
        this.slug = lane == null ? "" : Slug.of(lane);
        this.tenant = recording.tenant();
        this.path = recording.path() == null ? null : recording.path().getBytes(StandardCharsets.UTF_8);
        this.name = Slug.of(recording.name()).getBytes(StandardCharsets.US_ASCII);
    }

    RunningRecording running() {
        return running;
    }

    /** Its name in the stamp. */
    byte[] name() {
        return name;
    }

    /** How many slots of {@link io.laneway.router.unit.Share#SLOTS} it wants. */
    int slots() {
        return running.recording().share().slots();
    }

    /** A copy for a request that it wants, which is counted as matched; null if there is no directory for it. */
    @Nullable
    RecordedCopy copy() {
        Recorder recorder = running.recorder();
        if (recorder == null || inlet == null) {
            running.unplaced();
            return null;
        }
        recorder.counts().match();
        return new RecordedCopy(running, inlet, loop);
    }

    /** Whether it wants such requests at all, whatever its share. */
    boolean matches(ExchangeFacts facts) {
        if (service != null && !service.equals(facts.service())) {
            return false;
        }
        return laneMatches(facts) && tenantMatches(facts) && pathMatches(facts);
    }

    private boolean laneMatches(ExchangeFacts facts) {
        if (lane == null || isLane(facts.lane())) {
            return true;
        }
        String requested = facts.requestedLane();
        if (requested != null) {
            return isLane(requested);
        }
        facts.requestedText(scratch);
        return isLane(scratch.toString());
    }

    private boolean isLane(String other) {
        return !other.isEmpty() && (other.equals(lane) || other.equals(slug));
    }

    private boolean tenantMatches(ExchangeFacts facts) {
        if (tenant == null) {
            return true;
        }
        facts.tenant(scratch);
        return tenant.contentEquals(scratch);
    }

    private boolean pathMatches(ExchangeFacts facts) {
        if (path == null) {
            return true;
        }
        facts.path(scratch);
        int from = scratch.offset();
        return scratch.length() >= path.length
                && Arrays.equals(scratch.array(), from, from + path.length, path, 0, path.length);
    }
}
