package io.laneway.control.replay;

import java.util.Locale;
import java.util.Optional;

/** Where a replay is in its life. */
enum ReplayState {
    /** Its gateway has not taken it yet. */
    WAITING,
    /** Its gateway sends requests, or compares what came back. */
    RUNNING,
    /** Its gateway is to send no more, and has not said that it has ended. */
    ABORTING,
    /** All was sent. */
    DONE,
    /** It was ended before. */
    ABORTED,
    /** It could not be begun, stopped by itself, or its gateway fell silent. */
    FAILED;

    /** As documents and rows have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean ended() {
        return compareTo(DONE) >= 0;
    }

    static ReplayState of(String word) {
        return parse(word).orElseThrow(() -> new IllegalStateException("state: " + word));
    }

    static Optional<ReplayState> parse(String word) {
        for (ReplayState state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
