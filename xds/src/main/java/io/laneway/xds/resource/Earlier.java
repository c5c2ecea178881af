package io.laneway.xds.resource;

import com.google.protobuf.Message;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a service was in xDS before it changed: of deployments that are the same, with the same policy, resources are kept, and
 * neither made nor encoded again. Confined to one thread.
 */
final class Earlier {

    /** Nothing is kept. */
    static final Earlier NOTHING = new Earlier(Map.of(), null);

    private final Map<String, Deployment> deployments;
    private final @Nullable ServiceResources resources;

    private Earlier(Map<String, Deployment> deployments, @Nullable ServiceResources resources) {
        this.deployments = deployments;
        this.resources = resources;
    }

    /** What it was, where there is that and its policy is the same. */
    static Earlier of(@Nullable ServiceResources resources, @Nullable Service before, Service now) {
        if (resources == null || before == null || !before.policy().equals(now.policy())) {
            return NOTHING;
        }
        Map<String, Deployment> deployments = new HashMap<>();
        before.deployments().forEach(each -> deployments.putIfAbsent(each.lane(), each));
        return new Earlier(deployments, resources);
    }

    /** The cluster of a deployment. */
    Resource cluster(Dialect dialect, String name, Deployment deployment, Supplier<Message> made) {
        return kept(same(deployment) ? clusters(dialect).get(name) : null, name, made);
    }

    /** An Envoy's cluster that falls back, whose name says along which others. */
    Resource chain(String name, Supplier<Message> made) {
        return kept(clusters(Dialect.ENVOY).get(name), name, made);
    }

    /** A cluster of gRPC clients that falls back along others, as far as they are ready. */
    Resource grpcChain(String name, List<String> along, Supplier<Message> made) {
        boolean same = resources != null && along.equals(resources.grpcChains().get(name));
        return kept(same ? clusters(Dialect.GRPC).get(name) : null, name, made);
    }

    /** The endpoints of a deployment, null where they are to be made. */
    @Nullable
    Resource endpoints(String name, Deployment deployment) {
        return resources != null && same(deployment) ? resources.endpoints().get(name) : null;
    }

    @SuppressWarnings("ReferenceEquality") // most are the same instances
    private boolean same(Deployment deployment) {
        Deployment before = deployments.get(deployment.lane());
        return before == deployment || deployment.equals(before);
    }

    private Map<String, Resource> clusters(Dialect dialect) {
        if (resources == null) {
            return Map.of();
        }
        return dialect == Dialect.GRPC ? resources.grpcClusters() : resources.clusters();
    }

    private static Resource kept(@Nullable Resource before, String name, Supplier<Message> made) {
        return before == null ? Resource.of(ResourceType.CLUSTER, name, made.get()) : before;
    }
}
