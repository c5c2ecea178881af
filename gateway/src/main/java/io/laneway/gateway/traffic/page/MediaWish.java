package io.laneway.gateway.traffic.page;

/** How much a client would like one media type: what its most exact range says. Confined to one thread at a time. */
final class MediaWish {

    private int exactness;
    private int quality;

    void clear() {
        exactness = -1;
        quality = 0;
    }

    /** A range that has the type says so many thousandths. */
    void say(int exact, int thousandths) {
        if (exact > exactness) {
            exactness = exact;
            quality = thousandths;
        } else if (exact == exactness) {
            quality = Math.max(quality, thousandths);
        }
    }

    int quality() {
        return quality;
    }

    /** Whether the other is liked better, or as much and named more exactly. */
    boolean isBelow(MediaWish other) {
        return quality < other.quality || (quality == other.quality && exactness < other.exactness);
    }
}
