package io.laneway.router.shift;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slice;
import io.laneway.router.unit.Share;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which environment a tenant or a request gets, compiled from a {@link Shift}: arrays of slots and a map of pins.
 * Immutable. An assignment costs the same whatever the number of tenants, slots and environments.
 */
public final class Assignment {

    /** In place of an environment's index: the base lane. */
    public static final int BASE = -1;

    /** Set in an answer that a pin decided, beside the environment's index or {@link #BASE} (see {@link #environment}). */
    private static final int PINNED = 1 << 30;

    private record Pin(int include, BitSet exclude) {}

    private final Shift shift;
    private final List<Environment> environments;
    private final TenantSlots slots;
    private final short[] owners;
    private final short[] requestOwners;
    private final BytesMap<Pin> pins;

    public Assignment(Shift shift) {
        this.shift = shift;
        this.environments = SlotLedger.filled(shift.environments());
        this.slots = new TenantSlots(shift.name());
        this.owners = owners(environments, Environment::slots);
        this.requestOwners = environments.stream().allMatch(e -> e.requests().size() == 0)
                ? new short[0]
                : owners(environments, e -> e.requests().slots());
        this.pins = BytesMap.exact(pins(environments));
    }

    private static short[] owners(
            List<Environment> environments, Function<Environment, @Nullable List<SlotRange>> slots) {
        short[] owners = new short[Share.SLOTS];
        Arrays.fill(owners, (short) BASE);
        for (int i = environments.size() - 1; i >= 0; i--) {
            List<SlotRange> ranges = slots.apply(environments.get(i));
            for (SlotRange range : ranges == null ? List.<SlotRange>of() : ranges) {
                Arrays.fill(owners, range.first(), range.last() + 1, (short) i);
            }
        }
        return owners;
    }

    private static Map<String, Pin> pins(List<Environment> environments) {
        Map<String, Pin> pins = new HashMap<>();
        for (int i = 0; i < environments.size(); i++) {
            for (String tenant : environments.get(i).tenants().include()) {
                Pin known = pins.get(tenant);
                BitSet exclude = known == null ? new BitSet() : known.exclude;
                pins.put(tenant, known != null && known.include != BASE ? known : new Pin(i, exclude));
            }
            for (String tenant : environments.get(i).tenants().exclude()) {
                pins.computeIfAbsent(tenant, t -> new Pin(BASE, new BitSet()))
                        .exclude
                        .set(i);
            }
        }
        return pins;
    }

    /** The shift it was compiled from. */
    public Shift shift() {
        return shift;
    }

    /** The environments with the slots they own, in list order. */
    public List<Environment> environments() {
        return environments;
    }

    /** Where the tenant goes, to be read with {@link #environment} and {@link #pinned}. */
    public int assign(byte[] array, int offset, int length) {
        Pin pin = pins.size() == 0 ? null : pins.get(array, offset, length);
        if (pin != null && pin.include != BASE) {
            return pin.include | PINNED;
        }
        int owner = owners[slots.of(array, offset, length)];
        return pin != null && owner != BASE && pin.exclude.get(owner) ? BASE & ~PINNED : owner;
    }

    /** Where the tenant goes, to be read with {@link #environment} and {@link #pinned}. */
    public int assign(Slice tenant) {
        return assign(tenant.array(), tenant.offset(), tenant.length());
    }

    /** The environment's index of an assignment, or {@link #BASE}. */
    public static int environment(int assigned) {
        return assigned < 0 ? BASE : assigned & ~PINNED;
    }

    /** Whether a pin decided: the tenant is included somewhere, or excluded from the owner of its slot. */
    public static boolean pinned(int assigned) {
        return assigned < 0 ? (assigned & PINNED) == 0 : (assigned & PINNED) != 0;
    }

    /** The environment's index that owns a slot, or {@link #BASE}. */
    public int owner(int slot) {
        return owners[slot];
    }

    /** Whether some environment has a share of the requests without a tenant. */
    public boolean dividesRequests() {
        return requestOwners.length > 0;
    }

    /** Where the request of that id goes, if requests are {@linkplain #dividesRequests divided} and it has no tenant. */
    public int assignRequest(Slice id) {
        return requestOwner(slot(id));
    }

    /** The environment's index that owns a slot of requests, or {@link #BASE}. */
    public int requestOwner(int slot) {
        return requestOwners.length == 0 ? BASE : requestOwners[slot];
    }

    /** The slot of a tenant, or of a request's id. */
    public int slot(Slice text) {
        return slots.of(text.array(), text.offset(), text.length());
    }

    /** The lane of an assignment, or null for the base lane. */
    public @Nullable String lane(int assigned) {
        int index = environment(assigned);
        return index == BASE ? null : environments.get(index).lane();
    }
}
