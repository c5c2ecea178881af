package io.laneway.cli.control;

import io.laneway.cli.run.Lifetime;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.KubernetesConfig;
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
     * @param cluster where to find deployments, null for nowhere
     * @param duties  what is done there besides
     */
    public static void run(
            ControlConfig config,
            @Nullable KubernetesConfig cluster,
            ClusterDuties duties,
            List<TablePublisher> publishers) {
        Lifetime lifetime = new Lifetime();
        try {
            if (cluster == null) {
                serve(config.with(List.of(), publishers), lifetime);
            } else {
                serveCluster(config, cluster, duties, publishers, lifetime);
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

    private static void serveCluster(
            ControlConfig config,
            KubernetesConfig cluster,
            ClusterDuties duties,
            List<TablePublisher> publishers,
            Lifetime lifetime) {
        try (ClusterControl control = ClusterControl.start(config, cluster, duties, publishers)) {
            await(control.api(), lifetime);
        }
    }

    private static void await(ControlApi api, Lifetime lifetime) {
        log.atInfo().addKeyValue("url", api.url()).log("waiting for calls");
        lifetime.await(null);
    }
}
