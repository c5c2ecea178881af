package io.laneway.xds.lane;

import io.laneway.router.table.LaneEntry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names of clusters: {@code order/f-1} for a deployment, {@code order/f-1/master} for one that falls back from the first lane
 * to the next. Slugs have no slash. Stateless.
 */
public final class ClusterNames {

    private ClusterNames() {}

    public static String of(String service, LaneEntry lane) {
        return service + "/" + lane.slug();
    }

    public static String of(String service, List<LaneEntry> chain) {
        return service + "/" + chain.stream().map(LaneEntry::slug).collect(Collectors.joining("/"));
    }
}
