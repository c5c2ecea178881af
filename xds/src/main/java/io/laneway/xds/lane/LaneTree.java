package io.laneway.xds.lane;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PublishedState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lanes of a table from their parents down. Immutable; made again when lanes change. */
public final class LaneTree {

    private final Map<LaneEntry, List<LaneEntry>> children = new HashMap<>();
    private final Map<String, LaneEntry> lanes = new HashMap<>();
    private final List<LaneEntry> strict = new ArrayList<>();

    private LaneTree() {}

    /** Made of a table. */
    public static LaneTree of(CompiledTable<PublishedState, Void> table) {
        LaneTree tree = new LaneTree();
        LaneTable model = table.model();
        tree.lanes.put(table.base().slug(), table.base());
        for (Lane lane : model.lanes()) {
            LaneEntry entry = table.lane(lane.name());
            if (entry != null && tree.lanes.putIfAbsent(entry.slug(), entry) == null) {
                tree.add(entry);
            }
        }
        return tree;
    }

    private void add(LaneEntry entry) {
        LaneEntry parent = entry.parent();
        if (parent != null) {
            children.computeIfAbsent(parent, lane -> new ArrayList<>()).add(entry);
        }
        if (entry.strict() && !entry.expired() && !entry.isBase()) {
            strict.add(entry);
        }
    }

    /** Lanes that do not fall back, whether or not a service has them. */
    public List<LaneEntry> strict() {
        return strict;
    }

    /** These lanes and all that fall back to them, in a stable order. */
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

    /** Lanes that are not the same in the other tree, or are missing in either; none means that the trees are alike. */
    public Set<LaneEntry> differing(LaneTree other) {
        Set<LaneEntry> differing = new LinkedHashSet<>();
        lanes.forEach((slug, lane) -> {
            if (other.lanes.get(slug) != lane) {
                differing.add(lane);
            }
        });
        other.lanes.forEach((slug, lane) -> {
            if (lanes.get(slug) != lane) {
                differing.add(lane);
            }
        });
        return differing;
    }
}
