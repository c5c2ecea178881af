package io.laneway.router.decision;

import io.laneway.router.request.RequestId;
import io.laneway.router.request.RequestView;
import io.laneway.router.shift.Assignment;
import io.laneway.router.table.ShiftEntry;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Finds the environment that a shift assigns to a request without a marker and without a tenant, by its id. Confined to one
 * thread. docs/concepts/slots-and-shifts.md.
 */
final class RequestAssignment {

    private final Slice id = new Slice();

    /** Whether the service's shift assigns the request, be it to the base lane. */
    boolean assign(RequestView request, Decision<?, ?> into, @Nullable DecisionTrace trace) {
        ShiftEntry shift = into.shift;
        if (shift == null || !shift.dividesRequests()) {
            return false;
        }
        if (!RequestId.read(request, id)) {
            if (trace != null) {
                StepTexts.noId(trace, shift);
            }
            return false;
        }
        Assignment assignment = shift.assignment();
        into.requested = shift.lane(assignment.assignRequest(id));
        into.origin = Origin.REQUEST;
        into.assigned = Assigned.SHIFT;
        if (trace != null) {
            StepTexts.request(trace, shift, into, id);
        }
        return true;
    }
}
