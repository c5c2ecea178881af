package io.laneway.gateway.traffic.memory;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.LaneRecall;
import io.laneway.router.decision.Origin;
import io.laneway.router.request.RequestView;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What one listener does with the memory of lanes: it remembers what requests ask for, or gives those that ask for nothing
 * the lane of their trace, or both. Confined to one event loop; allocates nothing.
 */
public final class LoopMemory implements LaneRecall {

    private static final Assigned[] ASSIGNED = Assigned.values();

    private final LaneMemory memory;
    private final boolean recalls;
    private final boolean remembers;
    private final TraceIds ids;
    private final Recalled found = new Recalled();
    private final Slice stamp = new Slice();
    private boolean ownId;
    private boolean asked;
    private long now;

    LoopMemory(LaneMemory memory, boolean recalls, boolean remembers) {
        this.memory = memory;
        this.recalls = recalls;
        this.remembers = remembers;
        this.ids = new TraceIds(memory.hash());
    }

    /** What a listener does with a memory on one event loop; null for nothing. */
    public static @Nullable LoopMemory of(@Nullable LaneMemory memory, ListenerConfig listener) {
        if (memory == null || !listener.memory().on()) {
            return null;
        }
        boolean recalls = LaneMemory.recalls(listener);
        return new LoopMemory(memory, recalls, !recalls || !memory.sidecar());
    }

    /** Whether requests without a lane are looked up. */
    public boolean recalls() {
        return recalls;
    }

    /**
     * A request is about to be decided on.
     *
     * @param madeId whether the gateway made its {@code x-request-id}
     * @param nanos  the time
     */
    public void begin(boolean madeId, long nanos) {
        ownId = madeId;
        now = nanos;
        asked = false;
    }

    @Override
    public boolean recall(RequestView request, Slice lane) {
        asked = true;
        if (!(request instanceof RequestHead head) || !memory.awake(now)) {
            return false;
        }
        look(head);
        if (found.state() != Entry.LANE) {
            return false;
        }
        lane.set(found.lane().array(), found.lane().offset(), found.lane().length());
        return true;
    }

    @Override
    public Assigned assigned() {
        return ASSIGNED[found.assigned()];
    }

    /** Counts what a request without a lane says of the service that sent it. */
    private void look(RequestHead request) {
        ids.read(request.lines(), !ownId);
        memory.recall(ids, now, found);
        LaneContexts contexts = memory.contexts();
        if (ids.count() == 0) {
            contexts.only().untraced.increment();
        } else if (found.state() == Entry.LANE) {
            contexts.of(found.service()).lost.increment();
        } else if (found.state() == Entry.CONFLICT) {
            contexts.of(found.service()).conflicting.increment();
        }
    }

    /** The request was decided on and goes to a service. */
    public void decided(RequestHead request, Decision<?, ?> decision) {
        if (recalls) {
            if (decision.origin() == Origin.MEMORY) {
                memory.contexts().of(found.service()).restored.increment();
            } else if (isByConfiguration(decision.origin()) && !asked && memory.awake(now)) {
                look(request);
            }
        }
        CompiledTable<?, ?> table = decision.table();
        if (remembers && table != null && table.hasLanes()) {
            remember(request, decision);
        }
    }

    /** Whether the lane is none that the request carried. */
    private static boolean isByConfiguration(Origin origin) {
        return origin == Origin.LISTENER || origin == Origin.ROUTE;
    }

    private void remember(RequestHead request, Decision<?, ?> decision) {
        ServiceEntry<?, ?> service = decision.service();
        ids.read(request.lines(), true);
        if (ids.count() == 0 || (service == null && !decision.passthrough())) {
            return;
        }
        if (decision.stamped()) {
            decision.stamp(stamp);
        } else {
            stamp.clear();
        }
        int number = service == null
                ? LaneContexts.NO_SERVICE
                : memory.contexts().of(service.name()).number();
        if (memory.remember(ids, stamp, number(decision.assigned()), number, now)) {
            memory.contexts().conflict();
        }
    }

    @SuppressWarnings("EnumOrdinal") // a number that lasts as long as the process
    private static int number(Assigned assigned) {
        return assigned.ordinal();
    }
}
