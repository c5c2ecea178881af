package io.laneway.kafka.lane;

import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.carrier.Percent;
import io.laneway.router.text.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The member {@code trace-branch} of a {@code baggage} header (W3C Baggage section 3). Stateless. */
public final class BaggageMember {

    /** The header, of requests as of records. */
    public static final String HEADER = "baggage";

    private BaggageMember() {}

    /** The lane's name as it was written; null without one, or with one that cannot name a lane. */
    public static @Nullable String decode(byte[] baggage) {
        Slice value = new Slice();
        if (!Pairs.baggage(new Slice().set(baggage, 0, baggage.length), CarrierNames.STAMP_MEMBER, value)) {
            return null;
        }
        new Percent().decode(value, false);
        int from = value.offset();
        return LaneBytes.decode(Arrays.copyOfRange(value.array(), from, from + value.length()));
    }
}
