package io.laneway.router.shift;

import io.laneway.router.model.Environment;
import io.laneway.router.model.SlotRange;
import io.laneway.router.unit.Share;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Who owns which tenant slots while shares change. First decreases: the slots taken last go back to base. Then
 * increases in list order: the lowest slots that base owns. So raising a share takes tenants from base only. Confined
 * to one thread. CONTRACT section 2, "Tenant slot".
 */
final class SlotLedger {

    private final BitSet taken = new BitSet(Share.SLOTS);

    /** Fills in the slots of environments whose document names none, from 0 in list order. */
    static List<Environment> filled(List<Environment> environments) {
        if (environments.stream().allMatch(environment -> environment.slots() != null)) {
            return environments;
        }
        return new SlotLedger().settle(environments);
    }

    /** Makes every environment own exactly its share. */
    List<Environment> settle(List<Environment> environments) {
        List<Deque<SlotRange>> owned = new ArrayList<>();
        for (Environment environment : environments) {
            owned.add(decrease(environment));
        }
        List<Environment> settled = new ArrayList<>();
        for (int i = 0; i < environments.size(); i++) {
            Environment environment = environments.get(i);
            increase(owned.get(i), environment.share().slots());
            List<SlotRange> slots = List.copyOf(owned.get(i));
            settled.add(new Environment(environment.lane(), environment.share(), environment.tenants(), slots));
        }
        return settled;
    }

    private Deque<SlotRange> decrease(Environment environment) {
        Deque<SlotRange> ranges = new ArrayDeque<>(environment.slots() == null ? List.of() : environment.slots());
        int surplus = size(ranges) - environment.share().slots();
        while (surplus > 0) {
            SlotRange last = ranges.removeLast();
            int dropped = Math.min(surplus, last.size());
            if (dropped < last.size()) {
                ranges.addLast(new SlotRange(last.first(), last.last() - dropped));
            }
            surplus -= dropped;
        }
        for (SlotRange range : ranges) {
            taken.set(range.first(), range.last() + 1);
        }
        return ranges;
    }

    private void increase(Deque<SlotRange> ranges, int share) {
        int missing = share - size(ranges);
        while (missing > 0) {
            int first = taken.nextClearBit(0);
            int end = taken.nextSetBit(first);
            int free = Math.min((end < 0 ? Share.SLOTS : end) - first, missing);
            if (free <= 0) {
                throw new IllegalArgumentException("share: more than base has left (expected: at most 100% in sum)");
            }
            taken.set(first, first + free);
            SlotRange last = ranges.peekLast();
            if (last != null && last.last() + 1 == first) {
                ranges.removeLast();
                ranges.addLast(new SlotRange(last.first(), first + free - 1));
            } else {
                ranges.addLast(new SlotRange(first, first + free - 1));
            }
            missing -= free;
        }
    }

    private static int size(Iterable<SlotRange> ranges) {
        int size = 0;
        for (SlotRange range : ranges) {
            size += range.size();
        }
        return size;
    }
}
