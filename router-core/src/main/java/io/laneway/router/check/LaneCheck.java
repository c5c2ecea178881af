package io.laneway.router.check;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.text.Slug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks lanes: one name a slug, parents that exist and lead to the base lane. Confined to one thread. */
final class LaneCheck {

    private final String base;
    private final NameLookup names;
    private final PathProblems findings;

    LaneCheck(String base, NameLookup names, PathProblems findings) {
        this.base = base;
        this.names = names;
        this.findings = findings;
    }

    void check(List<Lane> lanes) {
        Map<String, String> nameOfSlug = new HashMap<>();
        Set<String> ending = new HashSet<>();
        for (int i = 0; i < lanes.size(); i++) {
            String path = "lanes[" + i + "]";
            Lane lane = lanes.get(i);
            unique(lane.name(), nameOfSlug, path);
            if (names.isBase(lane.name())) {
                base(lane, path);
            } else {
                parent(lane, path, ending);
            }
        }
    }

    private void unique(String name, Map<String, String> nameOfSlug, String path) {
        String former = nameOfSlug.putIfAbsent(names.slug(name), name);
        if (former == null && names.isBase(name) && !name.equals(base)) {
            former = base;
        }
        if (former != null) {
            String what = former.equals(name)
                    ? "'" + name + "' is there twice"
                    : "'" + name + "' has the slug of '" + former + "'";
            findings.add(path + ".name", what, "another name than " + Slug.of(name));
        }
    }

    private void base(Lane lane, String path) {
        if (lane.parent() != null) {
            findings.add(path + ".parent", "'" + lane.parent() + "' on the base lane", "no parent");
        }
        if (lane.state() == LaneState.EXPIRED) {
            findings.add(path + ".state", "the base lane expired", "active");
        }
    }

    private void parent(Lane lane, String path, Set<String> ending) {
        String parent = lane.parent();
        if (parent == null) {
            return;
        }
        if (!names.hasLane(parent)) {
            findings.add(
                    path + ".parent", "no lane '" + parent + "'", "the name of a lane or of the base lane " + base);
        } else if (loops(lane, ending)) {
            findings.add(
                    path + ".parent",
                    "'" + parent + "' leads back to '" + lane.name() + "'",
                    "parents that lead to the base lane");
        }
    }

    /** @param ending slugs of lanes whose parents are known to come to an end, so that long chains are walked once */
    private boolean loops(Lane start, Set<String> ending) {
        Set<String> walk = new HashSet<>();
        String first = names.slug(start.name());
        for (@Nullable Lane lane = start; lane != null; lane = up(lane)) {
            String slug = names.slug(lane.name());
            if (ending.contains(slug)) {
                break;
            }
            if (!walk.add(slug)) {
                return slug.equals(first);
            }
        }
        ending.addAll(walk);
        return false;
    }

    private @Nullable Lane up(Lane lane) {
        return lane.parent() == null || names.isBase(lane.parent()) ? null : names.lane(lane.parent());
    }
}
