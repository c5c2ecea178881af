package io.laneway.k8s.discovery;

import io.laneway.router.text.Slug;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which raw name each slug stands for. Two raw names with one slug cannot both be lanes: the base lane's name wins,
 * then the name of the Service that was first. Immutable.
 *
 * @param bySlug the winning raw name of each slug
 */
record LaneNames(Map<String, String> bySlug) {

    LaneNames {
        bySlug = Map.copyOf(bySlug);
    }

    static LaneNames of(Collection<Found> found, String base) {
        Map<String, Found> winners = new HashMap<>();
        for (Found one : found) {
            if (!one.proxied()) {
                winners.merge(Slug.of(one.identity().lane()), one, (a, b) -> Found.FIRST.compare(a, b) <= 0 ? a : b);
            }
        }
        Map<String, String> names = new HashMap<>();
        winners.forEach((slug, one) -> names.put(slug, one.identity().lane()));
        names.put(Slug.of(base), base);
        return new LaneNames(names);
    }

    /** Whether this raw name is the lane of its slug. */
    boolean owns(String lane) {
        return lane.equals(bySlug.get(Slug.of(lane)));
    }

    /** The raw name that has the slug of this one. */
    String owner(String lane) {
        return bySlug.getOrDefault(Slug.of(lane), lane);
    }

    /** All lanes but the base lane, in order. */
    TreeSet<String> without(String base) {
        TreeSet<String> lanes = new TreeSet<>(bySlug.values());
        lanes.remove(base);
        return lanes;
    }
}
