package io.laneway.router.shift;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.unit.Share;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Who owns which slots while shares change, of tenants or of requests. First decreases: the slots taken last go back to base. Then
 * increases in list order: the lowest slots that base owns. So raising a share takes from base only. Confined to one
 * thread. docs/concepts/slots-and-shifts.md.
 */
final class SlotLedger {

    private final BitSet taken = new BitSet(Share.SLOTS);

    /** Fills in the slots of environments whose document names none, from 0 in list order. */
    static List<Environment> filled(List<Environment> environments) {
        return with(environments, filledPortions(tenants(environments)), filledPortions(requests(environments)));
    }

    /** Makes every environment own exactly its shares. */
    static List<Environment> settled(List<Environment> environments) {
        return with(
                environments,
                new SlotLedger().settle(tenants(environments)),
                new SlotLedger().settle(requests(environments)));
    }

    private static List<SlotShare> tenants(List<Environment> environments) {
        return environments.stream()
                .map(e -> new SlotShare(e.share(), e.slots()))
                .toList();
    }

    private static List<SlotShare> requests(List<Environment> environments) {
        return environments.stream().map(Environment::requests).toList();
    }

    private static List<SlotShare> filledPortions(List<SlotShare> portions) {
        return portions.stream().allMatch(portion -> portion.slots() != null)
                ? portions
                : new SlotLedger().settle(portions);
    }

    private static List<Environment> with(
            List<Environment> environments, List<SlotShare> tenants, List<SlotShare> requests) {
        List<Environment> result = new ArrayList<>();
        for (int i = 0; i < environments.size(); i++) {
            Environment environment = environments.get(i);
            List<SlotRange> slots = tenants.get(i).slots();
            result.add(new Environment(
                    environment.lane(), environment.share(), environment.tenants(), slots, requests.get(i)));
        }
        return result;
    }

    /** Makes every portion own exactly its share. */
    private List<SlotShare> settle(List<SlotShare> portions) {
        List<Deque<SlotRange>> owned = new ArrayList<>();
        for (SlotShare portion : portions) {
            owned.add(decrease(portion));
        }
        List<SlotShare> settled = new ArrayList<>();
        for (int i = 0; i < portions.size(); i++) {
            Share share = portions.get(i).share();
            increase(owned.get(i), share.slots());
            settled.add(new SlotShare(share, List.copyOf(owned.get(i))));
        }
        return settled;
    }

    private Deque<SlotRange> decrease(SlotShare portion) {
        Deque<SlotRange> ranges = new ArrayDeque<>(portion.slots() == null ? List.of() : portion.slots());
        int surplus = size(ranges) - portion.share().slots();
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
