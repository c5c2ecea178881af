package io.laneway.replay.run;

import io.laneway.replay.result.ReplayedRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which lines of a file of results count: a request without a response is sent again when its replay is resumed, and then
 * has another line. The file is read twice. Confined to one thread.
 */
final class Tries {

    private final Set<Long> failed = new HashSet<>();
    private final Map<Long, Integer> superseded = new HashMap<>();

    /** Learns of a line the first time. */
    void learn(ReplayedRequest request) {
        if (failed.contains(request.sequence())) {
            superseded.merge(request.sequence(), 1, Integer::sum);
        } else if (request.responses().stream().anyMatch(response -> response.response() == null)) {
            failed.add(request.sequence());
        }
    }

    /** Whether a line is its request's last; each is asked for once, the second time. */
    boolean isLast(ReplayedRequest request) {
        int left = superseded.getOrDefault(request.sequence(), 0);
        if (left > 0) {
            superseded.put(request.sequence(), left - 1);
        }
        return left == 0;
    }
}
