package io.laneway.router.model.shift;

import io.laneway.router.unit.Share;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A share and the slots that hold it. Immutable.
 *
 * @param slots the slots owned, as ranges in the order taken; null where the document names none, to be filled from 0 in
 *              list order
 */
public record SlotShare(Share share, @Nullable List<SlotRange> slots) {

    /** Nothing. */
    public static final SlotShare NONE = new SlotShare(Share.NONE, List.of());

    /** A share of nothing owns no slots, whether or not the document says so. */
    public SlotShare {
        Objects.requireNonNull(share, "share");
        slots = slots != null ? List.copyOf(slots) : share.slots() == 0 ? List.of() : null;
    }

    /** How many slots are owned. */
    public int size() {
        return slots == null ? 0 : slots.stream().mapToInt(SlotRange::size).sum();
    }
}
