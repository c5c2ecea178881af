package io.laneway.xds.lane;

import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.table.LaneEntry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names of clusters: {@code order/f-1} for a deployment, {@code order/f-1:9000} for one of its ports, and
 * {@code order/f-1/master} for one that falls back from the first lane to the next. Slugs have no slash and no colon. Stateless.
 */
public final class ClusterNames {

    private ClusterNames() {}

    public static String of(String service, LaneEntry lane) {
        return service + "/" + lane.slug();
    }

    /** A port of a deployment. */
    public static String of(String service, LaneEntry lane, Deployment deployment, Port port) {
        return of(service, lane) + (deployment.ports().size() > 1 ? ":" + port.number() : "");
    }

    /** The service of a cluster, or of what belongs to one; empty for a name that is neither's. */
    public static String service(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    /** The cluster that falls back along others. */
    public static String of(List<String> chain) {
        String service = service(chain.get(0));
        return service
                + chain.stream().map(each -> each.substring(service.length())).collect(Collectors.joining());
    }
}
