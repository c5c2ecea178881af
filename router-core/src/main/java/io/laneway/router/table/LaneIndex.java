package io.laneway.router.table;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.BytesMap;
import io.laneway.router.text.Slug;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lanes of a compiled table by slug. Immutable; shared between tables whose lanes are the same. */
final class LaneIndex {

    final BytesMap<LaneEntry> bySlug;
    final LaneEntry base;
    final @Nullable Instant nextExpiry;

    LaneIndex(BytesMap<LaneEntry> bySlug, LaneEntry base, @Nullable Instant nextExpiry) {
        this.bySlug = bySlug;
        this.base = base;
        this.nextExpiry = nextExpiry;
    }

    /** @param now null where published states alone decide about expiry */
    static LaneIndex of(LaneTable table, @Nullable LaneIndex previous, @Nullable Instant now) {
        return new Builder(table, previous, now).build();
    }

    /** The lane of that name in any spelling that has its slug. */
    @Nullable
    LaneEntry get(String name) {
        return bySlug.get(Slug.of(name));
    }

    /**
     * Lanes that are not the same in another index, or are missing in one of both. Costs a comparison of references each where
     * one index was made of the other by {@link LaneChanges}.
     */
    Set<LaneEntry> differing(LaneIndex other) {
        Set<LaneEntry> differing = new LinkedHashSet<>();
        addMoved(this, other, differing);
        Set<LaneEntry> gone = new LinkedHashSet<>();
        addMoved(other, this, gone);
        Set<LaneEntry> here = Set.copyOf(differing);
        differing.removeAll(gone);
        gone.removeAll(here);
        differing.addAll(gone);
        return differing;
    }

    /** Adds the lanes of one index that the other one does not have at the same place. */
    @SuppressWarnings("ReferenceEquality") // entries of equal lanes are kept
    private static void addMoved(LaneIndex one, LaneIndex other, Set<LaneEntry> moved) {
        for (int i = 0; one != other && i < one.bySlug.size(); i++) {
            if (i >= other.bySlug.size() || one.bySlug.value(i) != other.bySlug.value(i)) {
                moved.add(one.bySlug.value(i));
            }
        }
    }

    private static Map<String, LaneEntry> byName(LaneIndex index) {
        Map<String, LaneEntry> byName = new HashMap<>(index.bySlug.size() * 2);
        for (int i = 0; i < index.bySlug.size(); i++) {
            LaneEntry entry = index.bySlug.value(i);
            byName.put(entry.name(), entry);
        }
        return byName;
    }

    private static final class Builder {

        private final Map<String, LaneEntry> previous;
        private final @Nullable Instant now;
        private final Map<String, Lane> lanes;
        private final Map<String, LaneEntry> entries;
        private final Set<String> lasting = new HashSet<>();
        private final String baseSlug;
        private final LaneEntry base;
        private @Nullable Instant nextExpiry;

        Builder(LaneTable table, @Nullable LaneIndex previous, @Nullable Instant now) {
            this.previous = previous == null ? Map.of() : byName(previous);
            this.now = now;
            this.lanes = new HashMap<>(table.lanes().size() * 2);
            this.entries = new HashMap<>(table.lanes().size() * 2);
            this.baseSlug = Slug.of(table.base());
            Lane baseLane = Lane.named(table.base());
            for (Lane lane : table.lanes()) {
                lanes.putIfAbsent(slug(lane.name()), lane);
                if (slug(lane.name()).equals(baseSlug)) {
                    baseLane = lane;
                }
            }
            if (now != null) {
                protect(table.lanes(), table.shifts());
            }
            this.base = entry(baseLane, null, false);
            entries.put(baseLane.name(), base);
        }

        private void protect(List<Lane> all, List<Shift> shifts) {
            for (Lane lane : all) {
                if (lane.parent() != null) {
                    lasting.add(slug(lane.parent()));
                }
            }
            for (Shift shift : shifts) {
                for (Environment environment : shift.environments()) {
                    lasting.add(slug(environment.lane()));
                }
            }
        }

        LaneIndex build() {
            for (Lane lane : lanes.values()) {
                resolve(lane, new HashSet<>());
            }
            Map<String, LaneEntry> slugs = new HashMap<>(entries.size() * 2);
            entries.values().forEach(entry -> slugs.putIfAbsent(entry.slug(), entry));
            return new LaneIndex(BytesMap.ignoringCase(slugs), base, nextExpiry);
        }

        /** A parent that is missing or leads back here stands for base: checks refuse it, a walk must end anyway. */
        private LaneEntry resolve(Lane lane, Set<Lane> path) {
            LaneEntry known = entries.get(lane.name());
            if (known != null) {
                return known;
            }
            path.add(lane);
            Lane parent = lane.parent() == null ? null : lanes.get(slug(lane.parent()));
            LaneEntry up = parent == null || path.contains(parent) ? base : resolve(parent, path);
            LaneEntry entry = entry(lane, up, expired(lane));
            entries.put(lane.name(), entry);
            return entry;
        }

        private LaneEntry entry(Lane lane, @Nullable LaneEntry parent, boolean expired) {
            LaneEntry old = previous.get(lane.name());
            if (old != null
                    && old.parent() == parent
                    && old.expired() == expired
                    && old.lane().equals(lane)) {
                return old;
            }
            return new LaneEntry(lane, slug(lane.name()), parent, expired);
        }

        private boolean expired(Lane lane) {
            if (lane.state() == LaneState.EXPIRED) {
                return true;
            }
            Instant end = lane.expiresAt();
            if (now == null || end == null || lane.keep() || lasting.contains(slug(lane.name()))) {
                return false;
            }
            if (!end.isAfter(now)) {
                return true;
            }
            nextExpiry = nextExpiry == null || end.isBefore(nextExpiry) ? end : nextExpiry;
            return false;
        }

        /** Slugs cost more than the rest of an index, so those made before are kept. */
        private String slug(String name) {
            LaneEntry old = previous.get(name);
            return old == null ? Slug.of(name) : old.slug();
        }
    }
}
