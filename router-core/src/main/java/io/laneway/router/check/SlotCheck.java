package io.laneway.router.check;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.unit.Share;
import java.util.BitSet;
import java.util.List;

/** Checks that slots have one owner each and are as many as the share says. */
final class SlotCheck {

    private SlotCheck() {}

    static void check(List<Environment> environments, PathProblems at) {
        BitSet tenants = new BitSet(Share.SLOTS);
        BitSet requests = new BitSet(Share.SLOTS);
        for (int i = 0; i < environments.size(); i++) {
            Environment environment = environments.get(i);
            String path = "environments[" + i + "].";
            check(new SlotShare(environment.share(), environment.slots()), tenants, path + "slots", at);
            check(environment.requests(), requests, path + "requestSlots", at);
        }
    }

    private static void check(SlotShare portion, BitSet taken, String path, PathProblems at) {
        List<SlotRange> slots = portion.slots();
        if (slots == null) {
            return;
        }
        for (int i = 0; i < slots.size(); i++) {
            SlotRange range = slots.get(i);
            int next = taken.nextSetBit(range.first());
            if (next >= 0 && next <= range.last()) {
                at.add(path + "[" + i + "]", "slot " + next + " has an owner already", "each slot once");
            }
            taken.set(range.first(), range.last() + 1);
        }
        Share share = portion.share();
        if (portion.size() != share.slots()) {
            at.add(path, portion.size() + " slots", share.slots() + " slots, which is the share " + share);
        }
    }
}
