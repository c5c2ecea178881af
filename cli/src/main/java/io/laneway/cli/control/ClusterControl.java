package io.laneway.cli.control;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.ClusterWork;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.proxied.GatewayView;
import io.laneway.router.source.TableEditor;
import io.laneway.router.source.TablePublisher;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A control API that discovers deployments in Kubernetes and does the cluster's duties while it leads. Safe for many
 * threads.
 */
public final class ClusterControl implements AutoCloseable {

    private final KubernetesClient client;
    private final KubernetesDeployments deployments;
    private final ControlApi api;

    private ClusterControl(KubernetesClient client, KubernetesDeployments deployments, ControlApi api) {
        this.client = client;
        this.deployments = deployments;
        this.api = api;
    }

    /** Opens the store and responses calls when it returns; the cluster is waited for. */
    public static ClusterControl start(
            ControlConfig config, KubernetesConfig cluster, ClusterDuties duties, List<TablePublisher> publishers) {
        CompletableFuture<ControlApi> started = new CompletableFuture<>();
        CompletableFuture<TableEditor> editor = started.thenApply(ControlApi::editor);
        KubernetesClient client = Clients.open(cluster.connection());
        KubernetesDeployments deployments = new KubernetesDeployments(client, cluster);
        deployments.alongside(() -> new ClusterWork(
                client,
                cluster,
                duties,
                editor,
                deployments,
                revision -> applied(started.join(), revision),
                config.clock()));
        try {
            ControlApi api = ControlApi.start(config.with(List.of(deployments), publishers));
            started.complete(api);
            return new ClusterControl(client, deployments, api);
        } catch (RuntimeException e) {
            deployments.close();
            client.close();
            throw e;
        }
    }

    private static GatewayView.Applied applied(ControlApi api, long revision) {
        GatewayRegistry.Applied applied = api.applied(revision);
        return new GatewayView.Applied(applied.connected(), applied.applied());
    }

    /** The control API itself. */
    public ControlApi api() {
        return api;
    }

    @Override
    public void close() {
        api.close();
        deployments.close();
        client.close();
    }
}
