package io.laneway.router.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slug;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leads from the index of some lanes to that of the same lanes with few of them changed, added or removed, at the cost of
 * copying arrays. What moves lanes below others makes a new index: a lane that another one has as its parent, or that has
 * another parent now. Used where no clock decides about expiry. Stateless.
 */
final class LaneChanges {

    /** Beyond so many a new index is made. */
    private static final int FEW = 16;

    private LaneChanges() {}

    /** The index of the lanes now; null if a new one is to be made. */
    @SuppressWarnings("ReferenceEquality") // lanes that no delta touched are the same instances
    static @Nullable LaneIndex of(LaneIndex before, List<Lane> old, List<Lane> now) {
        int changed = now.size() - old.size();
        if (changed > FEW) {
            return null;
        }
        if (changed < 0) {
            return less(before, old, now);
        }
        BytesMap<LaneEntry> lanes = before.bySlug;
        for (int i = 0; i < now.size() && lanes != null; i++) {
            Lane lane = now.get(i);
            if (i >= old.size()) {
                lanes = added(before, lanes, lane);
            } else if (old.get(i) != lane) {
                lanes = ++changed > FEW ? null : replaced(before, lanes, old.get(i), lane);
            }
        }
        return lanes == null ? null : new LaneIndex(lanes, before.base, null);
    }

    /** The index without those that went, where all others are as they were. */
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable LaneIndex less(LaneIndex before, List<Lane> old, List<Lane> now) {
        if (old.size() - now.size() > FEW || !areDistinct(before, old)) {
            return null;
        }
        BytesMap<LaneEntry> lanes = before.bySlug;
        int kept = 0;
        for (int i = 0; i < old.size() && lanes != null; i++) {
            Lane lane = old.get(i);
            if (kept < now.size() && now.get(kept) == lane) {
                kept++;
            } else {
                lanes = i - kept < FEW ? removed(lanes, lane) : null;
            }
        }
        return lanes == null || kept < now.size() ? null : new LaneIndex(lanes, before.base, null);
    }

    /** Whether no two lanes have one slug, so that none comes into the place of one that went. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean areDistinct(LaneIndex before, List<Lane> old) {
        int slugs = before.bySlug.size();
        return slugs > old.size() || (slugs == old.size() && old.stream().anyMatch(lane -> lane == before.base.lane()));
    }

    private static @Nullable BytesMap<LaneEntry> removed(BytesMap<LaneEntry> lanes, Lane lane) {
        LaneEntry entry = lanes.get(Slug.of(lane.name()));
        return entry == null || entry.isBase() || !entry.lane().equals(lane) || isNamed(lanes, entry.slug())
                ? null
                : lanes.without(entry.slug());
    }

    private static @Nullable BytesMap<LaneEntry> added(LaneIndex before, BytesMap<LaneEntry> lanes, Lane lane) {
        String slug = Slug.of(lane.name());
        LaneEntry parent = parent(before, lanes, lane);
        return parent == null || lanes.get(slug) != null || isNamed(lanes, slug)
                ? null
                : lanes.with(slug, new LaneEntry(lane, slug, parent, expired(lane)));
    }

    private static @Nullable BytesMap<LaneEntry> replaced(
            LaneIndex before, BytesMap<LaneEntry> lanes, Lane old, Lane lane) {
        LaneEntry entry = lanes.get(Slug.of(old.name()));
        if (entry == null
                || entry.isBase()
                || !entry.lane().equals(old)
                || !old.name().equals(lane.name())
                || !Objects.equals(old.parent(), lane.parent())
                || isNamed(lanes, entry.slug())) {
            return null;
        }
        LaneEntry parent = parent(before, lanes, lane);
        return parent == null
                ? null
                : lanes.with(entry.slug(), new LaneEntry(lane, entry.slug(), parent, expired(lane)));
    }

    /** Null where it is not plain what the parent is. */
    private static @Nullable LaneEntry parent(LaneIndex before, BytesMap<LaneEntry> lanes, Lane lane) {
        return lane.parent() == null ? before.base : lanes.get(Slug.of(lane.parent()));
    }

    /** Whether a lane has it as its parent, or would if it were here. */
    private static boolean isNamed(BytesMap<LaneEntry> lanes, String slug) {
        for (int i = 0; i < lanes.size(); i++) {
            String parent = lanes.value(i).lane().parent();
            if (parent != null && Slug.of(parent).equals(slug)) {
                return true;
            }
        }
        return false;
    }

    private static boolean expired(Lane lane) {
        return lane.state() == LaneState.EXPIRED;
    }
}
