package io.laneway.cli.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.resource.CustomResources;
import io.laneway.router.source.TablePublisher;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control API as a process of its own. */
public final class ControlProcess {

    private static final Logger log = LoggerFactory.getLogger(ControlProcess.class);

    private ControlProcess() {}

    /**
     * Runs until a signal comes, then closes the store.
     *
     * @param kubernetes where to find deployments and custom resources, null for nowhere
     */
    public static void run(
            ControlConfig config, @Nullable KubernetesConfig kubernetes, List<TablePublisher> publishers) {
        Lifetime lifetime = new Lifetime();
        try {
            if (kubernetes == null) {
                serve(config.with(List.of(), publishers), lifetime);
            } else {
                serveWithKubernetes(config, kubernetes, publishers, lifetime);
            }
        } finally {
            lifetime.closed();
        }
    }

    private static void serve(ControlConfig config, Lifetime lifetime) {
        try (ControlApi api = ControlApi.start(config)) {
            await(api, lifetime);
        }
    }

    private static void serveWithKubernetes(
            ControlConfig config, KubernetesConfig kubernetes, List<TablePublisher> publishers, Lifetime lifetime) {
        try (KubernetesClient client = Clients.open(kubernetes.connection());
                KubernetesDeployments deployments = new KubernetesDeployments(client, kubernetes);
                ControlApi api = ControlApi.start(config.with(List.of(deployments), publishers));
                CustomResources resources =
                        new CustomResources(client, kubernetes.namespaces(), api.editor(), config.clock())) {
            resources.start();
            await(api, lifetime);
        }
    }

    private static void await(ControlApi api, Lifetime lifetime) {
        log.atInfo().addKeyValue("url", api.url()).log("waiting for calls");
        lifetime.await(null);
    }
}
