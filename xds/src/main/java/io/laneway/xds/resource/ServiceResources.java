package io.laneway.xds.resource;

import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.xds.route.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one service is in xDS. Immutable.
 *
 * @param target       it as what requests are led to; null where it is refused
 * @param clusters     of Envoys, by name
 * @param grpcClusters of gRPC clients, by name
 * @param grpcChains   those of them that fall back, with the clusters that are ready
 * @param endpoints    of both, by cluster
 * @param secrets      which Envoys verify deployments by, and show them, by name
 * @param internal     its virtual host for internal clients; null where all of its hosts have routes
 * @param external     its virtual host for external clients; null where it has no hosts
 * @param listeners    of gRPC clients, by target
 * @param routes       of gRPC clients, by name
 */
record ServiceResources(
        ServiceId id,
        @Nullable Target target,
        Map<String, Resource> clusters,
        Map<String, Resource> grpcClusters,
        Map<String, List<String>> grpcChains,
        Map<String, Resource> endpoints,
        Map<String, Resource> secrets,
        @Nullable EncodedHost internal,
        @Nullable EncodedHost external,
        Map<String, Resource> listeners,
        Map<String, Resource> routes,
        List<Finding> findings) {

    /** A service of which nothing is said but that it is refused. */
    static ServiceResources refused(
            ServiceId id, @Nullable EncodedHost internal, @Nullable EncodedHost external, List<Finding> findings) {
        return new ServiceResources(
                id,
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                internal,
                external,
                Map.of(),
                Map.of(),
                List.copyOf(findings));
    }
}
