package io.laneway.gateway.telemetry.records;

import java.util.List;

/**
 * Finished requests that this gateway remembers, and what was decided for each. A document is one JSON object: the fields
 * of the access log, where the lane came from, the attempts, and what would be decided now if that differs
 * (docs/reference/admin.md). Safe for many threads; a look-up takes up to milliseconds and is not for event loops.
 */
public interface RequestRecords {

    /** Remembers nothing. */
    RequestRecords NONE = new RequestRecords() {
        @Override
        public List<String> byRequestId(String id) {
            return List.of();
        }

        @Override
        public List<String> byTraceId(String id) {
            return List.of();
        }
    };

    /** The requests with that {@code x-request-id}, in the order in which they began; none if it is unknown. */
    List<String> byRequestId(String id);

    /** The requests of the trace with that id, 32 hex digits, in the order in which they began; none if it is unknown. */
    List<String> byTraceId(String id);
}
