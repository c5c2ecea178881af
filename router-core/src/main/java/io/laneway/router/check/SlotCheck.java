package io.laneway.router.check;

import io.laneway.router.model.Environment;
import io.laneway.router.model.SlotRange;
import io.laneway.router.unit.Share;
import java.util.BitSet;
import java.util.List;

/** Checks that slots have one owner each and are as many as the share says. */
final class SlotCheck {

    private SlotCheck() {}

    static void check(List<Environment> environments, Findings at) {
        BitSet taken = new BitSet(Share.SLOTS);
        for (int i = 0; i < environments.size(); i++) {
            List<SlotRange> slots = environments.get(i).slots();
            if (slots != null) {
                check(slots, environments.get(i).share(), taken, "environments[" + i + "].slots", at);
            }
        }
    }

    private static void check(List<SlotRange> slots, Share share, BitSet taken, String path, Findings at) {
        int size = 0;
        for (int i = 0; i < slots.size(); i++) {
            SlotRange range = slots.get(i);
            int next = taken.nextSetBit(range.first());
            if (next >= 0 && next <= range.last()) {
                at.add(path + "[" + i + "]", "slot " + next + " has an owner already", "each slot once");
            }
            taken.set(range.first(), range.last() + 1);
            size += range.size();
        }
        if (size != share.slots()) {
            at.add(path, size + " slots", share.slots() + " slots, which is the share " + share);
        }
    }
}
