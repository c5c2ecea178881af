package io.laneway.router.part;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that matter to a part: those that were asked for or are named by its policies, routes, shifts and recordings;
 * the strict ones; those with a parent on the way to base in which a service of the part is deployed; and the parents of
 * all these. A plain lane that has a deployment of the part is left out, as {@link ImpliedLanes} knows it by that. Requests
 * for any other lane are served as requests for an unknown one are. Immutable.
 */
final class PartLanes {

    private final Map<String, Lane> bySlug;
    private final List<Lane> special;

    private PartLanes(Map<String, Lane> bySlug, List<Lane> special) {
        this.bySlug = bySlug;
        this.special = special;
    }

    static PartLanes of(LaneTable table) {
        Map<String, Lane> bySlug = new HashMap<>(table.lanes().size() * 2);
        List<Lane> special = new ArrayList<>();
        for (Lane lane : table.lanes()) {
            bySlug.putIfAbsent(Slug.of(lane.name()), lane);
            if (!isPlain(lane)) {
                special.add(lane);
            }
        }
        return new PartLanes(bySlug, special);
    }

    /** Whether its name says all that there is to be said of it. */
    static boolean isPlain(Lane lane) {
        return lane.parent() == null
                && lane.mode() == LaneMode.PERMISSIVE
                && lane.state() == LaneState.ACTIVE
                && lane.linkKey() == null;
    }

    List<Lane> of(Part part, List<String> asked) {
        Map<String, Lane> chosen = new LinkedHashMap<>();
        asked.forEach(name -> take(Slug.of(name), chosen));
        part.named().forEach(slug -> take(slug, chosen));
        take(Slug.of(part.table().base()), chosen);
        Set<String> deployed = part.deployed();
        for (Lane lane : special) {
            if (lane.mode() == LaneMode.STRICT || matters(lane, deployed)) {
                take(Slug.of(lane.name()), chosen);
            }
        }
        return List.copyOf(chosen.values());
    }

    private boolean matters(Lane lane, Set<String> deployed) {
        Lane at = lane;
        for (int steps = 0; at != null && steps <= bySlug.size(); steps++) {
            if (deployed.contains(Slug.of(at.name()))) {
                return true;
            }
            at = parent(at);
        }
        return false;
    }

    private @Nullable Lane parent(Lane lane) {
        return lane.parent() == null ? null : bySlug.get(Slug.of(lane.parent()));
    }

    /** With its parents. */
    private void take(String slug, Map<String, Lane> chosen) {
        Lane lane = bySlug.get(slug);
        while (lane != null && chosen.putIfAbsent(Slug.of(lane.name()), lane) == null) {
            lane = parent(lane);
        }
    }
}
