package io.laneway.router.model.shift;

import io.laneway.router.unit.Share;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One gray environment of a shift. Immutable.
 *
 * @param share    the share of tenants it is to have
 * @param slots    the slots it owns, as ranges in the order taken; null where the document names none, to be filled from
 *                 0 in list order
 * @param requests what it is to have of the requests that carry neither a marker nor a tenant
 */
public record Environment(
        String lane, Share share, Pins tenants, @Nullable List<SlotRange> slots, SlotShare requests) {

    public Environment {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(share, "share");
        Objects.requireNonNull(tenants, "tenants");
        Objects.requireNonNull(requests, "requests");
        slots = slots == null ? null : List.copyOf(slots);
    }

    /** One that has tenants alone. */
    public Environment(String lane, Share share, Pins tenants, @Nullable List<SlotRange> slots) {
        this(lane, share, tenants, slots, SlotShare.NONE);
    }
}
