package io.laneway.router.table;

import io.laneway.router.carrier.TenantCarrier;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.Assignment;
import java.util.List;

/** A shift of a compiled table, its environments resolved to lanes. Immutable; its arrays are not to be changed. */
public final class ShiftEntry {

    private final Assignment assignment;
    private final TenantCarrier[] carriers;
    private final LaneEntry[] lanes;
    private final LaneEntry base;
    private final boolean dividesRequests;

    private ShiftEntry(Assignment assignment, TenantCarrier[] carriers, LaneIndex index) {
        this.assignment = assignment;
        this.carriers = carriers;
        this.base = index.base;
        this.dividesRequests = assignment.shift().enabled() && assignment.dividesRequests();
        List<Environment> environments = assignment.environments();
        this.lanes = new LaneEntry[environments.size()];
        for (int i = 0; i < lanes.length; i++) {
            LaneEntry lane = index.get(environments.get(i).lane());
            lanes[i] = lane == null ? index.base : lane;
        }
    }

    static ShiftEntry of(Shift shift, LaneIndex index) {
        TenantCarrier[] carriers =
                shift.tenant().stream().map(TenantCarrier::new).toArray(TenantCarrier[]::new);
        return new ShiftEntry(new Assignment(shift), carriers, index);
    }

    /** The same shift over other lanes. */
    ShiftEntry over(LaneIndex index) {
        return new ShiftEntry(assignment, carriers, index);
    }

    public Shift shift() {
        return assignment.shift();
    }

    public Assignment assignment() {
        return assignment;
    }

    /** Where requests carry their tenant, in the order to be tried. */
    public TenantCarrier[] carriers() {
        return carriers;
    }

    /** Whether it is enabled and gives environments shares of the requests without a tenant. */
    public boolean dividesRequests() {
        return dividesRequests;
    }

    /** The lane of an {@linkplain Assignment#assign assignment}. */
    public LaneEntry lane(int assigned) {
        int environment = Assignment.environment(assigned);
        return environment == Assignment.BASE ? base : lanes[environment];
    }

    /** Whether the lane is one of its environments. */
    public boolean hasEnvironment(LaneEntry lane) {
        for (LaneEntry environment : lanes) {
            if (environment == lane) {
                return true;
            }
        }
        return false;
    }
}
