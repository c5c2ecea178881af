package io.laneway.router.shift;

import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who would move if a shift changed. Immutable.
 *
 * @param slots    how many slots of tenants move from one lane to another; pins not counted
 * @param requests how many slots of requests without a tenant do
 * @param tenants  where each tenant that was asked for is now and would be, also those that stay
 */
public record ShiftPreview(List<SlotMove> slots, List<SlotMove> requests, List<TenantMove> tenants) {

    /** Slots that move between two lanes. */
    public record SlotMove(String from, String to, int slots) {

        /** The share of all tenants, or of all requests without one, that these slots stand for. */
        public Share share() {
            return new Share(slots);
        }
    }

    /** One tenant, pins counted. */
    public record TenantMove(String tenant, String from, String to) {

        public boolean moves() {
            return !from.equals(to);
        }
    }

    /** Who owns a slot of one kind. */
    @FunctionalInterface
    private interface Owner {
        int of(Assignment assignment, int slot);
    }

    public ShiftPreview {
        slots = List.copyOf(slots);
        requests = List.copyOf(requests);
        tenants = List.copyOf(tenants);
    }

    /**
     * Compares two shifts.
     *
     * @param before null for a shift that is new
     * @param base   the base lane's name
     */
    public static ShiftPreview of(@Nullable Shift before, Shift after, String base, List<String> tenants) {
        Assignment old = before == null || !before.enabled() ? null : new Assignment(before);
        Assignment next = after.enabled() ? new Assignment(after) : null;
        List<TenantMove> moves = new ArrayList<>();
        for (String tenant : tenants) {
            String name = tenant.trim();
            moves.add(new TenantMove(name, lane(old, name, base), lane(next, name, base)));
        }
        return new ShiftPreview(
                slots(old, next, Assignment::owner, base), slots(old, next, Assignment::requestOwner, base), moves);
    }

    private static List<SlotMove> slots(@Nullable Assignment old, @Nullable Assignment next, Owner owner, String base) {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        for (int slot = 0; slot < Share.SLOTS; slot++) {
            String from = lane(old, owner, slot, base);
            String to = lane(next, owner, slot, base);
            if (!from.equals(to)) {
                counts.merge(List.of(from, to), 1, Integer::sum);
            }
        }
        List<SlotMove> slots = new ArrayList<>();
        counts.forEach((pair, count) -> slots.add(new SlotMove(pair.get(0), pair.get(1), count)));
        return slots;
    }

    private static String lane(@Nullable Assignment assignment, Owner owner, int slot, String base) {
        String lane = assignment == null ? null : assignment.lane(owner.of(assignment, slot));
        return lane == null ? base : lane;
    }

    private static String lane(@Nullable Assignment assignment, String tenant, String base) {
        String lane = assignment == null ? null : assignment.lane(assignment.assign(Slice.of(tenant)));
        return lane == null ? base : lane;
    }
}
