package io.laneway.xds.lane;

import io.laneway.router.decision.Reason;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that a service needs routes for, and where each leads: a lane that the service lacks, and whose parents it lacks
 * too, needs none, since it is served as base. Immutable. docs/concepts/decision.md#fallback.
 *
 * @param base   where requests go that ask for no such lane
 * @param lanes  one for each lane that is served otherwise
 * @param chains clusters that fall back, each with the clusters in their order
 */
public record LaneRoutes(LaneRoute base, List<LaneRoute> lanes, Map<String, List<String>> chains) {

    /**
     * Made of a table.
     *
     * @param readyAlone whether deployments without a ready endpoint are left out: a gRPC client keeps the last endpoints of a
     *                   cluster that has no more, so that it would not fall back
     * @param choice     which port of each deployment
     */
    public static LaneRoutes of(
            CompiledTable<PublishedState, Void> table,
            ServiceEntry<PublishedState, Void> service,
            LaneTree tree,
            boolean readyAlone,
            PortChoice choice) {
        Builder builder = new Builder(service, readyAlone, choice);
        LaneRoute base = builder.route(table.base());
        List<LaneRoute> lanes = new ArrayList<>();
        for (LaneEntry lane : needed(table, service, tree)) {
            lanes.add(builder.route(lane));
        }
        return new LaneRoutes(base, lanes, builder.chains);
    }

    private static Set<LaneEntry> needed(
            CompiledTable<PublishedState, Void> table, ServiceEntry<PublishedState, Void> service, LaneTree tree) {
        List<LaneEntry> own = new ArrayList<>();
        for (int i = 0; i < service.deployments(); i++) {
            LaneEntry lane = table.lane(service.deployment(i).deployment().lane());
            if (lane != null && !lane.isBase() && !lane.expired()) {
                own.add(lane);
            }
        }
        Set<LaneEntry> needed = new LinkedHashSet<>(tree.below(own));
        needed.addAll(tree.strict());
        needed.removeIf(lane -> lane.expired() || lane.isBase());
        return needed;
    }

    private static final class Builder {

        private final ServiceEntry<PublishedState, Void> service;
        private final Map<String, List<String>> chains = new LinkedHashMap<>();

        private final boolean readyAlone;
        private final PortChoice choice;

        Builder(ServiceEntry<PublishedState, Void> service, boolean readyAlone, PortChoice choice) {
            this.choice = choice;
            this.service = service;
            this.readyAlone = readyAlone;
        }

        LaneRoute route(LaneEntry lane) {
            List<LaneEntry> chain = chain(lane);
            if (lane.strict() && !lane.isBase()) {
                return chain.isEmpty() || chain.get(0) != lane || !served(lane)
                        ? LaneRoute.refused(lane, Reason.STRICT_UNAVAILABLE)
                        : LaneRoute.to(lane, cluster(lane));
            }
            if (chain.isEmpty()) {
                return LaneRoute.refused(lane, Reason.BASE_UNAVAILABLE);
            }
            List<String> clusters =
                    chain.stream().filter(this::served).map(this::cluster).toList();
            if (clusters.isEmpty()) {
                return LaneRoute.refused(lane, Reason.BASE_UNAVAILABLE);
            }
            if (chain.size() == 1) {
                return LaneRoute.to(lane, clusters.get(0));
            }
            String name = ClusterNames.of(chain.stream().map(this::cluster).toList());
            chains.put(name, clusters);
            return LaneRoute.to(lane, name);
        }

        private String cluster(LaneEntry lane) {
            DeploymentEntry<PublishedState> deployment = Objects.requireNonNull(service.deployment(lane), "deployment");
            return ClusterNames.of(
                    service.name(),
                    lane,
                    deployment.deployment(),
                    choice.port(deployment).port());
        }

        private boolean served(LaneEntry lane) {
            return !readyAlone || usable(service.deployment(lane));
        }

        private boolean usable(@Nullable DeploymentEntry<PublishedState> deployment) {
            return deployment != null && deployment.usable(choice.port(deployment));
        }

        /** The lanes on the way to base that have the service, whether or not anything there is ready. */
        private List<LaneEntry> chain(LaneEntry from) {
            List<LaneEntry> chain = new ArrayList<>();
            for (LaneEntry lane = from; lane != null; lane = lane.parent()) {
                DeploymentEntry<PublishedState> deployment =
                        lane.expired() && !lane.isBase() ? null : service.deployment(lane);
                if (deployment != null) {
                    chain.add(lane);
                }
            }
            return chain;
        }
    }
}
