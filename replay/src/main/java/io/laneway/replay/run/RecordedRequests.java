package io.laneway.replay.run;

import io.laneway.replay.form.RecordedExchange;
import java.util.List;

/**
 * The requests of recordings, as many as there is room for. Immutable.
 *
 * @param left those that there was no room for
 */
public record RecordedRequests(List<RecordedExchange> requests, long left) {

    public RecordedRequests {
        requests = List.copyOf(requests);
    }

    /**
     * How much is read. Immutable.
     *
     * @param requests at most
     * @param bytes of memory at most, roughly
     */
    public record Room(int requests, long bytes) {

        /** As much as there is. */
        public static final Room UNBOUNDED = new Room(Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
