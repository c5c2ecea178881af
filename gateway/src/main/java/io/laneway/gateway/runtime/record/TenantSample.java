package io.laneway.gateway.runtime.record;

import io.laneway.router.text.Slice;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A sample of the tenants that shifts assigned on one event loop, of bounded size: each has the slot of its hash until
 * it is taken or another one comes there. Added to on the loop alone, taken from by any thread.
 */
public final class TenantSample {

    static final int PLACES = 1024;

    /** The longest tenant that is kept, in bytes. */
    static final int LONGEST = 128;

    /** One in so many is looked at, the first one among them. */
    private static final int EVERY = 8;

    private final AtomicReferenceArray<@Nullable Seen> places = new AtomicReferenceArray<>(PLACES);
    private int turn;

    private record Seen(String shift, String tenant, int hash) {}

    /** Whether the next tenant is one of the sample. */
    public boolean wanted() {
        return turn++ % EVERY == 0;
    }

    /** A tenant that a shift assigned. Makes an object for one that is not there yet. */
    public void add(String shift, Slice tenant) {
        if (tenant.length() > LONGEST) {
            return;
        }
        int hash = shift.hashCode();
        for (int i = 0; i < tenant.length(); i++) {
            hash = 31 * hash + tenant.byteAt(i);
        }
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Seen there = places.getPlain(place);
        if (there == null || there.hash() != hash) {
            places.setRelease(place, new Seen(shift, tenant.toString(), hash));
        }
    }

    /** Hands out shift and tenant of each that was added since they were taken last. */
    public void take(BiConsumer<String, String> to) {
        for (int place = 0; place < PLACES; place++) {
            Seen seen = places.getAcquire(place) == null ? null : places.getAndSet(place, null);
            if (seen != null) {
                to.accept(seen.shift(), seen.tenant());
            }
        }
    }
}
