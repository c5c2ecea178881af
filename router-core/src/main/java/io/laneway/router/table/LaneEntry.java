package io.laneway.router.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.text.Slug;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A lane of a compiled table, with its way to the base lane. Immutable. */
public final class LaneEntry {

    private final Lane lane;
    private final String slug;
    private final byte[] name;
    private final int hash;
    private final @Nullable LaneEntry parent;
    private final boolean expired;

    /** @param parent null for the base lane only */
    LaneEntry(Lane lane, String slug, @Nullable LaneEntry parent, boolean expired) {
        this.lane = lane;
        this.slug = slug;
        this.name = lane.name().getBytes(StandardCharsets.UTF_8);
        this.hash = spread(slug);
        this.parent = parent;
        this.expired = expired;
    }

    static int spread(String slug) {
        int hash = slug.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    /** The lane as configured. */
    public Lane lane() {
        return lane;
    }

    /** The name as the table writes it, which is what stamps say. */
    public String name() {
        return lane.name();
    }

    /** The name in UTF-8; not to be changed. */
    public byte[] nameBytes() {
        return name;
    }

    /** The form under which it is compared, see {@link Slug}. */
    public String slug() {
        return slug;
    }

    /** Where it falls back to; null for the base lane. */
    public @Nullable LaneEntry parent() {
        return parent;
    }

    /** Whether it is the base lane. */
    public boolean isBase() {
        return parent == null;
    }

    /** Whether it does not fall back when it is the requested one. */
    public boolean strict() {
        return lane.mode() == LaneMode.STRICT;
    }

    /** Whether it is not served any more. */
    public boolean expired() {
        return expired;
    }

    int hash() {
        return hash;
    }

    @Override
    public String toString() {
        return lane.name();
    }
}
