package io.laneway.router.decision;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.carrier.JwtClaim;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.carrier.Percent;
import io.laneway.router.carrier.TenantCarrier;
import io.laneway.router.request.HeaderLines;
import io.laneway.router.request.RequestView;
import io.laneway.router.shift.Assignment;
import io.laneway.router.table.ShiftEntry;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request's tenant and the environment that a shift assigns to it. Confined to one thread.
 * docs/concepts/decision.md#tenant.
 */
final class TenantAssignment {

    private static final HeaderName AUTHORIZATION = HeaderName.of("authorization");

    private final Slice value = new Slice();
    private final Slice line = new Slice();
    private final Percent percent = new Percent();

    /** Whether the service's shift assigns the tenant, be it to the base lane. */
    boolean assign(RequestView request, Slice host, Decision<?, ?> into, @Nullable DecisionTrace trace) {
        ShiftEntry shift = into.shift;
        if (shift == null || !shift.shift().enabled()) {
            if (trace != null) {
                StepTexts.noShift(trace, shift);
            }
            return false;
        }
        boolean found;
        if (trace != null && trace.tenant != null && trace.tenant.length() > 0) {
            value.set(trace.tenant.array(), trace.tenant.offset(), trace.tenant.length());
            found = true;
        } else {
            found = read(shift.carriers(), into.internal, request, host, value);
        }
        if (!found) {
            if (trace != null) {
                StepTexts.noTenant(trace, shift, into.internal);
            }
            return false;
        }
        into.tenantIs(value);
        int assigned = shift.assignment().assign(value);
        into.requested = shift.lane(assigned);
        into.origin = Origin.TENANT;
        into.assigned = Assignment.pinned(assigned) ? Assigned.PINNED : Assigned.SHIFT;
        if (trace != null) {
            StepTexts.tenant(trace, shift, into, value);
        }
        return true;
    }

    /**
     * Points {@code into} at the tenant in the first place that has one.
     *
     * @param internal whether our own services asked; of others only what was verified counts of a token
     */
    boolean read(TenantCarrier[] places, boolean internal, RequestView request, Slice host, Slice into) {
        for (TenantCarrier place : places) {
            if (read(place, internal, request, host, into)) {
                trim(into);
                if (into.length() > 0) {
                    return true;
                }
            }
        }
        into.clear();
        return false;
    }

    private boolean read(TenantCarrier place, boolean internal, RequestView request, Slice host, Slice into) {
        return switch (place.source().kind()) {
            case HEADER -> {
                HeaderName header = place.header();
                yield header != null && request.header(header, into);
            }
            case QUERY -> {
                request.target(line);
                yield Pairs.query(line, place.name(), into) && decoded(into, true);
            }
            case COOKIE -> HeaderLines.cookie(request, place.name(), line, into) && decoded(into, false);
            case JWT_CLAIM ->
                request.verifiedClaim(place.name(), into)
                        || (internal && request.header(AUTHORIZATION, line) && JwtClaim.find(line, place.name(), into));
            case HOST -> {
                HostPattern pattern = place.pattern();
                yield pattern != null && pattern.match(host, into) && decoded(into, false);
            }
        };
    }

    private boolean decoded(Slice into, boolean form) {
        percent.decode(into, form);
        return true;
    }

    private static void trim(Slice text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.byteAt(from) <= ' ' && text.byteAt(from) >= 0) {
            from++;
        }
        while (to > from && text.byteAt(to - 1) <= ' ' && text.byteAt(to - 1) >= 0) {
            to--;
        }
        text.set(text.array(), text.offset() + from, to - from);
    }
}
