package io.laneway.gateway.traffic.memory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** How services deal with the lanes that their requests come with. Safe for many threads. */
public final class LaneContexts {

    /** Where more than one service had the lane under one trace, or none is known to have had it. */
    public static final String UNKNOWN = "__unknown__";

    /** The number of unknown services. */
    static final int NO_SERVICE = 0;

    private static final int MOST = 1 << 12;

    /** The counts of one service. Safe for many threads. */
    public static final class Counts {

        private final String service;
        private final int number;
        final LongAdder lost = new LongAdder();
        final LongAdder restored = new LongAdder();
        final LongAdder conflicting = new LongAdder();
        final LongAdder untraced = new LongAdder();

        private Counts(String service, int number) {
            this.service = service;
            this.number = number;
        }

        public String service() {
            return service;
        }

        /** The number by which entries name it. */
        int number() {
            return number;
        }

        /** Requests without the lane that the service had, by their trace. */
        public long lost() {
            return lost.sum();
        }

        /** Those of them that got it back. */
        public long restored() {
            return restored.sum();
        }

        /** Requests without a lane whose trace was in more than one, so that it cannot be told. */
        public long conflicting() {
            return conflicting.sum();
        }

        /** Requests with neither a lane nor a trace, while lanes came, so that it cannot be told. */
        public long untraced() {
            return untraced.sum();
        }
    }

    private final Map<String, Counts> byName = new ConcurrentHashMap<>();
    private final List<Counts> byNumber = new CopyOnWriteArrayList<>();
    private final LongAdder conflicts = new LongAdder();

    LaneContexts() {
        byNumber.add(new Counts(UNKNOWN, NO_SERVICE));
    }

    /** The counts of a service. */
    Counts of(String service) {
        Counts counts = byName.get(service);
        return counts != null ? counts : enter(service);
    }

    private synchronized Counts enter(String service) {
        Counts there = byName.get(service);
        if (there != null || byNumber.size() >= MOST) {
            return there != null ? there : byNumber.get(0);
        }
        Counts made = new Counts(service, byNumber.size());
        byNumber.add(made);
        byName.put(service, made);
        return made;
    }

    /** The counts by the number of an entry; 0 is that of unknown services. */
    Counts of(int number) {
        return byNumber.get(number);
    }

    /** Those of the only service that had lanes; of unknown services if there is more than one. */
    Counts only() {
        return byNumber.get(byNumber.size() == 2 ? 1 : 0);
    }

    void conflict() {
        conflicts.increment();
    }

    /** How often an id was seen that had another lane. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** All there are. */
    public List<Counts> all() {
        return List.copyOf(byNumber);
    }
}
