package io.laneway.cli.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.ClusterWork;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.client.Clients;
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

    /** Opens the store and answers calls when it returns; the cluster is waited for. */
    public static ClusterControl start(
            ControlConfig config, KubernetesConfig cluster, ClusterDuties duties, List<TablePublisher> publishers) {
        CompletableFuture<TableEditor> editor = new CompletableFuture<>();
        KubernetesClient client = Clients.open(cluster.connection());
        KubernetesDeployments deployments = new KubernetesDeployments(client, cluster);
        deployments.alongside(
                () -> new ClusterWork(client, cluster, duties, editor, deployments, config.clock()));
        try {
            ControlApi api = ControlApi.start(config.with(List.of(deployments), publishers));
            editor.complete(api.editor());
            return new ClusterControl(client, deployments, api);
        } catch (RuntimeException e) {
            deployments.close();
            client.close();
            throw e;
        }
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
