package io.laneway.router.model.shift;

import io.laneway.router.unit.Share;

/** Slots from {@code first} to {@code last}, both inclusive, 0 to 9999. Immutable. */
public record SlotRange(int first, int last) {

    public SlotRange {
        if (first < 0 || last < first || last >= Share.SLOTS) {
            throw new IllegalArgumentException(
                    "slots: [" + first + ", " + last + "] (expected: 0 <= first <= last <= 9999)");
        }
    }

    /** How many slots it spans. */
    public int size() {
        return last - first + 1;
    }
}
