package io.laneway.gateway.traffic.memory;

import io.laneway.router.text.Slice;
import java.util.Arrays;

/** What all ids of one request say together. Confined to one event loop; used again for request after request. */
final class Recalled {

    private int state;
    private int assigned;
    private int service;
    private final Slice lane = new Slice();

    void clear() {
        state = 0;
        lane.clear();
    }

    /** Adds what a generation has of one id, 0 for nothing. */
    void add(Generation generation, long entry) {
        int found = Entry.state(entry);
        if (entry == 0 || state == Entry.CONFLICT) {
            return;
        }
        if (state == 0) {
            state = found;
            assigned = Entry.assigned(entry);
            service = Entry.service(entry);
            if (found == Entry.LANE) {
                byte[] name = generation.lanes().name(Entry.lane(entry));
                lane.set(name, 0, name.length);
            }
            return;
        }
        service = service == Entry.service(entry) ? service : 0;
        boolean same = found == state
                && (found == Entry.NO_LANE || isLane(generation.lanes().name(Entry.lane(entry))));
        state = same ? state : Entry.CONFLICT;
    }

    private boolean isLane(byte[] name) {
        return Arrays.equals(name, 0, name.length, lane.array(), lane.offset(), lane.offset() + lane.length());
    }

    /** 0 for nothing, else a state of {@link Entry}. */
    int state() {
        return state;
    }

    int assigned() {
        return assigned;
    }

    /** The number of the service that had the lane; 0 where it is not one alone. */
    int service() {
        return service;
    }

    Slice lane() {
        return lane;
    }
}
