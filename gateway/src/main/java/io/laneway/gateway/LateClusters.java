package io.laneway.gateway;

import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
import io.laneway.router.table.LiveParts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a data plane that is made later than the holder of its table, since each needs the other. Until it is
 * made there is no table with services, and so no cluster to open. Safe for many threads.
 */
final class LateClusters implements LiveParts<Cluster, ServiceRules> {

    private volatile @Nullable LiveParts<Cluster, ServiceRules> clusters;

    void are(LiveParts<Cluster, ServiceRules> made) {
        clusters = made;
    }

    @Override
    public Cluster open(Service service, Deployment deployment, Port port, @Nullable Cluster previous) {
        return made().open(service, deployment, port, previous);
    }

    @Override
    public @Nullable ServiceRules rules(Service service, @Nullable ServiceRules previous) {
        return made().rules(service, previous);
    }

    private LiveParts<Cluster, ServiceRules> made() {
        return Objects.requireNonNull(clusters, "a table with services before the data plane");
    }
}
