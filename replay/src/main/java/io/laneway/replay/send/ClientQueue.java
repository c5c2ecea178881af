package io.laneway.replay.send;

import io.laneway.replay.result.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of one client that are due or in flight, and the values that its replay got. A request waits for those
 * whose responses the client had when it sent it. Confined to one thread.
 */
final class ClientQueue {

    final Deque<Planned> due = new ArrayDeque<>();
    final List<Planned> inFlight = new ArrayList<>();
    boolean listed;

    private final Map<Side, Learned> learned = new EnumMap<>(Side.class);

    /** Whether its next request has to wait for one in flight. */
    boolean blocked() {
        Planned next = due.getFirst();
        for (Planned earlier : inFlight) {
            if (earlier.endedBefore(next)) {
                return true;
            }
        }
        return false;
    }

    Learned learned(Side side) {
        return learned.computeIfAbsent(side, key -> new Learned());
    }
}
