package io.laneway.router.policy;

import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault that testers ask for in one lane. Immutable.
 *
 * @param lane  requests that asked for this lane
 * @param delay waits so long before forwarding; null for none
 * @param abort answers this status (200 to 599) itself; 0 for none
 */
public record Fault(String lane, @Nullable Duration delay, int abort, Share share) {

    public Fault {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(share, "share");
        if (abort != 0 && (abort < 200 || abort > 599)) {
            throw new IllegalArgumentException("abort: " + abort + " (expected: a status from 200 to 599)");
        }
    }
}
