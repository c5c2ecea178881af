package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.carrier.Percent;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.text.Slice;
import io.laneway.router.text.SlugBytes;
import org.jspecify.annotations.Nullable;

/**
 * The lane that a link names in its query, whatever else names one. Confined to one event loop; what was read is valid as
 * long as the request's head.
 */
final class LinkedLane {

    private final Slice target = new Slice();
    private final Slice value = new Slice();
    private final Percent percent = new Percent();
    private final SlugBytes slug = new SlugBytes();
    private boolean empty;

    /** Reads the first parameter of the carriers that says something; false if there is none of them at all. */
    boolean read(RequestHead head, CarrierNames names) {
        head.originalTarget(target);
        empty = false;
        for (byte[] name : names.queries()) {
            if (Pairs.query(target, name, value)) {
                if (value.length() > 0) {
                    empty = false;
                    return true;
                }
                empty = true;
            }
        }
        return empty;
    }

    /** Whether it has no value, which is how one leaves a lane. */
    boolean leaves() {
        return empty;
    }

    /** The lane of the table that it names; null for one that is unknown or expired. */
    @Nullable
    LaneEntry lane(CompiledTable<?, ?> table) {
        if (empty) {
            return null;
        }
        percent.decode(value, true);
        LaneEntry lane = table.lane(value.array(), value.offset(), value.length());
        if (lane == null) {
            int length = slug.of(value.array(), value.offset(), value.length());
            lane = length <= 0 ? null : table.lane(slug.buffer(), 0, length);
        }
        return lane == null || lane.expired() ? null : lane;
    }
}
