package io.laneway.gateway.traffic.memory;

import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.MemoryConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.router.text.Slice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which lane each trace was in, for the requests of applications that drop it: two generations of ids, of which the elder is
 * forgotten when the younger has been there for the configured time, or is full. One for each gateway; safe for many
 * threads. docs/how-to/lost-lanes.md.
 *
 * <p>Requests that ask for no lane are remembered like those that do: an id that was seen with both, as with two lanes, is
 * in conflict, and no request gets a lane from it.
 */
public final class LaneMemory {

    private record Generations(Generation young, @Nullable Generation old) {}

    private final int entries;
    private final long lasts;
    private final boolean sidecar;
    private final IdHash.Seeds seeds;
    private final LaneContexts contexts = new LaneContexts();
    private final AtomicBoolean turning = new AtomicBoolean();
    private final AtomicReference<@Nullable Generations> generations = new AtomicReference<>();

    LaneMemory(MemoryConfig config, boolean sidecar, SplittableRandom random) {
        this.entries = config.entries();
        this.lasts = config.lasts().toNanos();
        this.sidecar = sidecar;
        this.seeds = IdHash.Seeds.of(random);
    }

    /** The memory of a gateway with these listeners; null if no request of theirs would be given a lane from it. */
    public static @Nullable LaneMemory of(List<ListenerConfig> listeners, SplittableRandom random) {
        MemoryConfig config = MemoryConfig.OFF;
        boolean recalls = false;
        boolean sidecar = false;
        for (ListenerConfig each : listeners) {
            boolean internal = each.trust() == Trust.INTERNAL;
            if (each.memory().on()) {
                config = config.on() ? config.with(each.memory()) : each.memory();
                recalls |= recalls(each);
                sidecar |= internal && !recalls(each);
            }
        }
        return recalls ? new LaneMemory(config, sidecar, random) : null;
    }

    /** Whether requests without a lane are looked up at a listener: at those for what applications send. */
    static boolean recalls(ListenerConfig listener) {
        return listener.trust() == Trust.INTERNAL && listener.service() == null && !listener.inbound();
    }

    /** Whether it is in front of applications, so that it knows whose calls come to it. */
    boolean sidecar() {
        return sidecar;
    }

    /** What is known of services that lose lanes. */
    public LaneContexts contexts() {
        return contexts;
    }

    IdHash hash() {
        return new IdHash(seeds);
    }

    /** Whether a lane may be remembered. */
    boolean awake(long now) {
        Generations both = generations.get();
        return both != null && both.young().age(now) < 2 * lasts;
    }

    /**
     * Remembers the lane of a request's ids.
     *
     * @param lane empty for none
     * @return whether one of them was another's
     */
    boolean remember(TraceIds ids, Slice lane, int assigned, int service, long now) {
        Generations both = current(now);
        Generation young = both.young();
        int number = lane.length() == 0 ? 0 : young.lanes().number(lane);
        if (number < 0) {
            return false;
        }
        int state = lane.length() == 0 ? Entry.NO_LANE : Entry.LANE;
        boolean conflict = false;
        for (int i = 0; i < ids.count(); i++) {
            Generation old = both.old();
            long before = old == null ? 0 : old.find(ids.key(i), ids.check(i));
            boolean known = Entry.state(before) == Entry.CONFLICT;
            long entry = Entry.of(state, assigned, service, number, ids.check(i));
            if (known || (old != null && differs(old, before, lane))) {
                entry = Entry.conflict(entry);
            }
            Generation.Added added = young.add(ids.key(i), ids.check(i), entry);
            conflict |= added == Generation.Added.CONFLICT && !known;
        }
        return conflict;
    }

    /** Whether what the elder generation knows of an id is not that lane. */
    private static boolean differs(Generation old, long entry, Slice lane) {
        return switch (Entry.state(entry)) {
            case Entry.NO_LANE -> lane.length() > 0;
            case Entry.LANE -> !old.lanes().isName(Entry.lane(entry), lane);
            default -> false;
        };
    }

    /** Finds what is remembered of a request's ids in all. */
    void recall(TraceIds ids, long now, Recalled into) {
        into.clear();
        Generations both = generations.get();
        if (both == null || both.young().age(now) >= 2 * lasts) {
            return;
        }
        for (int i = 0; i < ids.count(); i++) {
            into.add(both.young(), both.young().find(ids.key(i), ids.check(i)));
            Generation old = both.old();
            if (old != null && both.young().age(now) < lasts) {
                into.add(old, old.find(ids.key(i), ids.check(i)));
            }
        }
    }

    private Generations current(long now) {
        Generations both = generations.get();
        if (both == null) {
            Generations first = new Generations(new Generation(entries, now), null);
            Generations there = generations.compareAndExchange(null, first);
            return there == null ? first : there;
        }
        boolean due = both.young().age(now) >= lasts || both.young().count() >= entries;
        return due && turning.compareAndSet(false, true) ? turn(both, now) : both;
    }

    /** One event loop makes the next generation; the others add to the one before until it is there. */
    private Generations turn(Generations before, long now) {
        boolean fresh = before.young().age(now) >= 2 * lasts;
        Generations next = new Generations(new Generation(entries, now), fresh ? null : before.young());
        boolean first = generations.compareAndSet(before, next);
        turning.set(false);
        return first ? next : before;
    }
}
