package io.laneway.control.recording;

import io.laneway.router.model.recording.Recording;
import java.time.Instant;
import java.util.Locale;

/** Whether a recording runs by its times. On a gateway it may have ended before, when its files were as large as they may be. */
public enum RecordingState {
    /** It begins later. */
    WAITING,
    /** Gateways keep requests. */
    RUNNING,
    /** Its end has passed. */
    ENDED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** What a recording is at a time. */
    public static RecordingState of(Recording recording, Instant now) {
        if (!now.isBefore(recording.until())) {
            return ENDED;
        }
        return recording.from() != null && now.isBefore(recording.from()) ? WAITING : RUNNING;
    }

    /** As the API says it. */
    public String word() {
        return word;
    }
}
