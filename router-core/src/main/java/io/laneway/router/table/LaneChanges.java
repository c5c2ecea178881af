package io.laneway.router.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slug;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leads from the index of some lanes to that of the same lanes with few of them changed or added, at the cost of copying
 * arrays. Whatever moves lanes below others makes the index anew: a lane that went, that another one has as its parent, or
 * that has another parent now. Used where no clock decides about expiry. Stateless.
 */
final class LaneChanges {

    /** Beyond so many the index is made anew. */
    private static final int FEW = 16;

    private LaneChanges() {}

    /** The index of the lanes now; null if it is to be made anew. */
    @SuppressWarnings("ReferenceEquality") // lanes that no delta touched are the same instances
    static @Nullable LaneIndex of(LaneIndex before, List<Lane> old, List<Lane> now) {
        int changed = now.size() - old.size();
        if (changed < 0 || changed > FEW) {
            return null;
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
