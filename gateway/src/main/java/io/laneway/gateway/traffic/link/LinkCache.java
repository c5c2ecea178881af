package io.laneway.gateway.traffic.link;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The links of one listener that were verified, in sets of four by a hash. Finding takes no lock and allocates nothing; only
 * verified links come in, so that strangers cannot fill it. Safe for many threads.
 */
final class LinkCache {

    private static final int WAYS = 4;
    private static final int SETS = 1024;

    private final AtomicReferenceArray<@Nullable VerifiedLink> slots = new AtomicReferenceArray<>(SETS * WAYS);
    private int hand;

    /** The link of these bytes, whether it still counts or not; null if it is not known. */
    @Nullable
    VerifiedLink find(byte[] array, int offset, int length) {
        int hash = VerifiedLink.hash(array, offset, length);
        int first = (hash & (SETS - 1)) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            VerifiedLink link = slots.getAcquire(i);
            if (link != null && link.hash() == hash && link.is(array, offset, length)) {
                return link;
            }
        }
        return null;
    }

    /** Keeps a link, in an empty place of its set or in place of another one. */
    synchronized void add(VerifiedLink link) {
        int first = (link.hash() & (SETS - 1)) * WAYS;
        int place = first + (hand++ & (WAYS - 1));
        for (int i = first; i < first + WAYS; i++) {
            if (slots.getAcquire(i) == null) {
                place = i;
                break;
            }
        }
        slots.setRelease(place, link);
    }
}
