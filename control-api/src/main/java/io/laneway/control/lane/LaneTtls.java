package io.laneway.control.lane;

import io.laneway.control.table.TableObjects;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import io.laneway.router.model.Lane;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The times to live that the lanes of a document say. They are no part of a table, so they are taken out before it is
 * read. Immutable.
 *
 * @param rest the document without them
 * @param ttls by the slug of the lane
 */
public record LaneTtls(Node rest, Map<String, Duration> ttls) {

    public LaneTtls {
        ttls = Map.copyOf(ttls);
    }

    /** Takes the times to live out of a table or a part of one. */
    public static LaneTtls of(Node document, Problems problems) {
        if (!(document instanceof Mapping table && table.members().get("lanes") instanceof Sequence lanes)) {
            return new LaneTtls(document, Map.of());
        }
        Map<String, Duration> ttls = new LinkedHashMap<>();
        List<Node> rest = new ArrayList<>();
        for (Node item : lanes.items()) {
            rest.add(item instanceof Mapping lane ? without(lane, ttls, problems) : item);
        }
        Map<String, Node> members = new LinkedHashMap<>(table.members());
        members.put("lanes", new Sequence(lanes.location(), rest));
        return new LaneTtls(new Mapping(table.location(), members), ttls);
    }

    private static Mapping without(Mapping lane, Map<String, Duration> ttls, Problems problems) {
        Duration ttl = LanePatch.ttl(lane, problems);
        if (ttl != null && lane.members().get("name") instanceof Scalar name) {
            ttls.put(Slug.of(name.text()), ttl);
        }
        return lane.without("ttl");
    }

    /** The wanted table, in which lanes with a time to live end when it is over. */
    public TableObjects applyTo(TableObjects now, TableObjects wanted, LaneLife life) {
        List<TableChange> changes = new ArrayList<>();
        ttls.forEach((slug, ttl) -> {
            Lane lane = wanted.lanes().get(slug);
            if (lane != null) {
                changes.add(new TableChange.PutLane(life.made(new LanePatch(lane, ttl), now.lane(slug))));
            }
        });
        return changes.isEmpty() ? wanted : wanted.with(changes);
    }

    /** What is noted of use: a lane with a time to live, and one that was not there, begins now. */
    public List<LanePatch> begun(TableObjects now, List<Lane> lanes) {
        List<LanePatch> begun = new ArrayList<>();
        for (Lane lane : lanes) {
            Duration ttl = ttls.get(Slug.of(lane.name()));
            if (ttl != null || now.lane(lane.name()) == null) {
                begun.add(new LanePatch(lane, ttl));
            }
        }
        return begun;
    }
}
