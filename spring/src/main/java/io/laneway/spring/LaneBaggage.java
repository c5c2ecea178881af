package io.laneway.spring;

import io.laneway.kafka.lane.LaneContext;
import io.laneway.router.model.Carriers;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The bridge to OpenTelemetry: the lane is the member {@code trace-branch} of the current baggage, as the gateway
 * stamps it. So calls that OpenTelemetry instruments carry the lane of a record or request, and records that are
 * produced where only OpenTelemetry's context came along are marked. Found as a Java service; absent where
 * OpenTelemetry is. Safe for many threads.
 */
public final class LaneBaggage implements LaneContext.Holder {

    // Loading this class fails without OpenTelemetry, which leaves the holder out.
    private static final Baggage EMPTY = Baggage.empty();

    /** Called by the service loader. */
    public LaneBaggage() {
        // Holds nothing: the baggage belongs to OpenTelemetry's context.
    }

    @Override
    public @Nullable String current() {
        Baggage baggage = Baggage.current();
        return baggage == EMPTY ? null : LaneText.clean(baggage.getEntryValue(Carriers.MARKER));
    }

    /** What is returned closes OpenTelemetry's scope. */
    @SuppressWarnings("MustBeClosedChecker")
    static LaneContext.Scope open(String lane) {
        Scope scope =
                Baggage.current().toBuilder().put(Carriers.MARKER, lane).build().makeCurrent();
        return scope::close;
    }
}
