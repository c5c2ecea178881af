package io.laneway.xds.lane;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PublishedState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lanes of a table that others fall back to, the base lane aside, and those that do not fall back. Immutable; made again when
 * lanes change.
 */
public final class LaneTree {

    private final Map<LaneEntry, List<LaneEntry>> children = new HashMap<>();
    private final Set<LaneEntry> strict = new LinkedHashSet<>();

    private LaneTree() {}

    /** Made of a table. Costs a look at each lane, and more for those with a parent and for strict ones alone. */
    public static LaneTree of(CompiledTable<PublishedState, Void> table) {
        LaneTree tree = new LaneTree();
        Set<LaneEntry> seen = new HashSet<>();
        for (Lane lane : table.model().lanes()) {
            if (lane.parent() != null || lane.mode() == LaneMode.STRICT) {
                LaneEntry entry = table.lane(lane.name());
                if (entry != null && seen.add(entry)) {
                    tree.add(entry);
                }
            }
        }
        return tree;
    }

    private void add(LaneEntry entry) {
        LaneEntry parent = entry.parent();
        if (parent != null && !parent.isBase()) {
            children.computeIfAbsent(parent, lane -> new ArrayList<>()).add(entry);
        }
        if (entry.strict() && !entry.expired() && !entry.isBase()) {
            strict.add(entry);
        }
    }

    /** Lanes that do not fall back, whether or not a service has them. */
    public Set<LaneEntry> strict() {
        return strict;
    }

    /** These lanes, none of which is the base lane, and all that fall back to them, in a stable order. */
    public Set<LaneEntry> below(Collection<LaneEntry> from) {
        Set<LaneEntry> found = new LinkedHashSet<>();
        List<LaneEntry> open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            LaneEntry lane = open.remove(open.size() - 1);
            if (found.add(lane)) {
                open.addAll(children.getOrDefault(lane, List.of()));
            }
        }
        return found;
    }
}
