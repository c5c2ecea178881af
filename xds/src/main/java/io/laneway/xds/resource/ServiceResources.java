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
 * @param endpoints    of both, by cluster
 * @param internal     its virtual host for our own; null where it is refused, or all of its hosts have routes
 * @param external     its virtual host for strangers; null where it has no hosts, or is refused
 * @param listeners    of gRPC clients, by target
 * @param routes       of gRPC clients, by name
 */
record ServiceResources(
        ServiceId id,
        @Nullable Target target,
        Map<String, Resource> clusters,
        Map<String, Resource> grpcClusters,
        Map<String, Resource> endpoints,
        @Nullable EncodedHost internal,
        @Nullable EncodedHost external,
        Map<String, Resource> listeners,
        Map<String, Resource> routes,
        List<Finding> findings) {

    static ServiceResources refused(ServiceId id, List<Finding> findings) {
        return new ServiceResources(
                id, null, Map.of(), Map.of(), Map.of(), null, null, Map.of(), Map.of(), List.copyOf(findings));
    }
}
