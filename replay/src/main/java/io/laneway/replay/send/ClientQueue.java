package io.laneway.replay.send;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.result.Side;
import io.laneway.replay.value.ClientValues;
import io.laneway.replay.value.Needs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The requests of one client that are due or in flight, and the values that its replay got. A request waits for those
 * whose responses the client had when it sent it, and for those that gave a value it has. Confined to one thread.
 */
final class ClientQueue {

    /** How many requests before a response are looked at for whether its values were new. */
    private static final int LOOKED_BACK = 256;

    final Deque<Planned> due = new ArrayDeque<>();
    final List<Planned> inFlight = new ArrayList<>();
    boolean listed;

    private final Deque<Planned> begun = new ArrayDeque<>();
    private final IdentityHashMap<Planned, Boolean> needed = new IdentityHashMap<>();
    private final Needs needs;
    private final Map<Side, ClientValues> values = new EnumMap<>(Side.class);
    private final Function<Side, ClientValues> made;

    /**
     * Nothing is due yet.
     *
     * @param made the values of a side, which are none yet
     */
    ClientQueue(Needs needs, Function<Side, ClientValues> made) {
        this.needs = needs;
        this.made = made;
    }

    /** Whether its next request has to wait for one in flight. */
    boolean blocked() {
        Planned next = due.getFirst();
        for (Planned earlier : inFlight) {
            if (earlier.endedBefore(next) || (earlier.respondedBefore(next) && needed(earlier, next))) {
                return true;
            }
        }
        return false;
    }

    private boolean needed(Planned earlier, Planned next) {
        return needed.computeIfAbsent(
                earlier,
                giver -> needs.between(giver.recorded(), next.recorded().request(), before(giver)));
    }

    private List<RecordedExchange> before(Planned giver) {
        return begun.stream()
                .filter(it -> it.sequence() < giver.sequence())
                .map(Planned::recorded)
                .toList();
    }

    /** Takes the next request away. */
    Planned remove() {
        needed.clear();
        Planned request = due.remove();
        begun.add(request);
        if (begun.size() > LOOKED_BACK) {
            begun.remove();
        }
        return request;
    }

    ClientValues values(Side side) {
        return values.computeIfAbsent(side, made);
    }
}
