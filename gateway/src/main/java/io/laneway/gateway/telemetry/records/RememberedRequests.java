package io.laneway.gateway.telemetry.records;

import io.laneway.gateway.telemetry.tap.RecordLookup;
import java.util.List;

/** The requests that the tap remembers, with the decision that each would get now. Safe for many threads. */
public final class RememberedRequests implements RequestRecords {

    private final RecordLookup lookup;
    private final DecisionNow now;

    public RememberedRequests(RecordLookup lookup, DecisionNow now) {
        this.lookup = lookup;
        this.now = now;
    }

    @Override
    public List<String> byRequestId(String id) {
        return lookup.byRequestId(id, new RequestDocument(now)::of);
    }

    @Override
    public List<String> byTraceId(String id) {
        return lookup.byTraceId(id, new RequestDocument(now)::of);
    }
}
