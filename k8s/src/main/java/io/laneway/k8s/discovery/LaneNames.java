package io.laneway.k8s.discovery;

import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slug;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which raw name each slug belongs to. Two raw names with one slug cannot both be lanes: the base lane's name wins,
 * then the name of the Service that was first. A change costs the Services of its own slug. Confined to one thread.
 */
final class LaneNames {

    /** By age alone: what a Service says of itself must not take a lane's name from another. */
    private static final Comparator<Found> FIRST =
            Comparator.comparing(Found::created).thenComparing(Found::key);

    private final String base;
    private final String baseSlug;
    private final Map<String, NavigableSet<Found>> bySlug = new HashMap<>();
    private final TreeMap<String, Integer> owners = new TreeMap<>();
    private List<String> lanes = List.of();

    LaneNames(String base) {
        this.base = base;
        this.baseSlug = Slug.of(base);
    }

    /** The base lane's name. */
    String base() {
        return base;
    }

    /** Takes a Service in; the services whose lane changed, or that have none any more. */
    Set<ServiceId> add(Found found) {
        return change(found, true);
    }

    /** Takes a Service out; the services whose lane changed. */
    Set<ServiceId> remove(Found found) {
        return change(found, false);
    }

    private Set<ServiceId> change(Found found, boolean in) {
        String slug = Slug.of(found.identity().lane());
        if (found.proxied() || slug.equals(baseSlug)) {
            return Set.of();
        }
        NavigableSet<Found> all = bySlug.computeIfAbsent(slug, any -> new TreeSet<>(FIRST));
        String before = all.isEmpty() ? "" : all.first().identity().lane();
        if (in) {
            all.add(found);
        } else {
            all.remove(found);
        }
        String now = all.isEmpty() ? "" : all.first().identity().lane();
        if (all.isEmpty()) {
            bySlug.remove(slug);
        }
        if (now.equals(before)) {
            return Set.of();
        }
        count(before, -1);
        count(now, 1);
        lanes = List.copyOf(owners.keySet());
        Set<ServiceId> changed = new HashSet<>();
        all.forEach(one -> changed.add(one.identity().service()));
        return changed;
    }

    private void count(String lane, int by) {
        if (!lane.isEmpty()) {
            owners.merge(lane, by, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        }
    }

    /** Whether this raw name is the lane of its slug. */
    boolean owns(String lane) {
        return lane.equals(owner(lane));
    }

    /** The raw name that has the slug of this one. */
    String owner(String lane) {
        String slug = Slug.of(lane);
        NavigableSet<Found> all = bySlug.get(slug);
        return slug.equals(baseSlug)
                ? base
                : all == null ? lane : all.first().identity().lane();
    }

    /** All lanes but the base lane, in order; the same list as long as nothing changed. */
    List<String> lanes() {
        return lanes;
    }
}
