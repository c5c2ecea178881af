package io.laneway.router.part;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts the lanes into a part that it names by deployments alone: these are plain. Stateless. */
public final class ImpliedLanes {

    private ImpliedLanes() {}

    /** The part with them, behind its own lanes. */
    public static LaneTable in(LaneTable part) {
        Set<String> known = new HashSet<>();
        known.add(Slug.of(part.base()));
        part.lanes().forEach(lane -> known.add(Slug.of(lane.name())));
        List<Lane> lanes = new ArrayList<>(part.lanes());
        for (Service service : part.services()) {
            for (Deployment deployment : service.deployments()) {
                if (known.add(Slug.of(deployment.lane()))) {
                    lanes.add(Lane.named(deployment.lane()));
                }
            }
        }
        return lanes.size() == part.lanes().size()
                ? part
                : new LaneTable(
                        part.revision(),
                        part.base(),
                        part.carriers(),
                        lanes,
                        part.services(),
                        part.routes(),
                        part.shifts(),
                        part.recordings());
    }
}
