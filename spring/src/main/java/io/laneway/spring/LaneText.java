package io.laneway.spring;

import io.laneway.kafka.lane.BaggageMember;
import io.laneway.kafka.lane.LaneHeader;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Lanes in the headers of HTTP requests: {@code trace-branch}, else the baggage's member. Stateless. */
final class LaneText {

    private LaneText() {}

    /** The lane of a request; the first value that names one counts. Null if none does. */
    static @Nullable String of(Iterator<String> headers, Iterator<String> baggage) {
        while (headers.hasNext()) {
            String lane = LaneHeader.decode(headers.next().getBytes(StandardCharsets.ISO_8859_1));
            if (lane != null) {
                return lane;
            }
        }
        while (baggage.hasNext()) {
            String lane = BaggageMember.decode(baggage.next().getBytes(StandardCharsets.ISO_8859_1));
            if (lane != null) {
                return lane;
            }
        }
        return null;
    }

    static @Nullable String of(Enumeration<String> headers, Enumeration<String> baggage) {
        return of(headers.asIterator(), baggage.asIterator());
    }

    /** The text, null if it cannot name a lane. */
    static @Nullable String clean(@Nullable String text) {
        return text == null ? null : LaneHeader.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
