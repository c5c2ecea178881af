package io.laneway.replay.send;

/**
 * What a replay does. Immutable.
 *
 * @param lane that requests go to
 * @param against the base lane, that safe requests go to before and after; empty for none
 * @param unsafe whether requests that may change something are sent, to the lane alone
 * @param inFlight requests that are under way at most
 */
public record ReplayOptions(String lane, String against, boolean unsafe, int inFlight) {

    public ReplayOptions {
        if (inFlight < 1) {
            throw new IllegalArgumentException("in-flight: " + inFlight + " (expected: >= 1)");
        }
    }
}
