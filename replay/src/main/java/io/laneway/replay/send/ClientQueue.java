package io.laneway.replay.send;

import io.laneway.replay.result.Side;
import io.laneway.replay.value.ClientValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The requests of one client that are due or in flight, and the values that its replay got. A request waits for those
 * whose responses the client had when it sent it. Confined to one thread.
 */
final class ClientQueue {

    final Deque<Planned> due = new ArrayDeque<>();
    final List<Planned> inFlight = new ArrayList<>();
    boolean listed;

    private final Map<Side, ClientValues> values = new EnumMap<>(Side.class);
    private final Function<Side, ClientValues> made;

    /** @param made the values of a side, which are none yet */
    ClientQueue(Function<Side, ClientValues> made) {
        this.made = made;
    }

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

    ClientValues values(Side side) {
        return values.computeIfAbsent(side, made);
    }
}
