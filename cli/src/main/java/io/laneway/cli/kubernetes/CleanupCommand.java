package io.laneway.cli.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.k8s.cleanup.CleanupMode;
import io.laneway.k8s.cleanup.CleanupStep;
import io.laneway.k8s.cleanup.LaneCleanup;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway kubernetes cleanup}: what becomes of the workloads of expired lanes, once. */
@Command(
        name = "cleanup",
        description =
                "Scales down or deletes the workloads of expired lanes; only what has the owner's label, never the"
                        + " base lane.",
        mixinStandardHelpOptions = true)
final class CleanupCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterConnection cluster;

    @Mixin
    private Remote control;

    @Option(
            names = "--mode",
            description = "report, scale or delete (default: ${DEFAULT-VALUE})",
            defaultValue = "report")
    private CleanupMode mode;

    @Option(
            names = "--owner",
            description = "touch only what has label laneway.io/owner with this value (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway")
    private String owner;

    @Option(names = "--namespaces", split = ",", paramLabel = "NAME", description = "only in these (default: all)")
    private List<String> namespaces = List.of();

    @Option(
            names = "--kubernetes-setting",
            paramLabel = "KEY=VALUE",
            description =
                    "a setting of discovery, as the control API has it: base, lanes, app, version, baseNamespace or"
                            + " namespacePrefix")
    private Map<String, String> settings = Map.of();

    @Option(names = "--dry-run", description = "say what would be done, and do nothing")
    private boolean dryRun;

    @Override
    public void run() {
        DiscoveryRules rules = rules();
        try (KubernetesClient client = cluster.open()) {
            LaneCleanup cleanup = new LaneCleanup(client, rules, owner, mode, dryRun);
            for (CleanupStep step : cleanup.clean(expired(), namespaces)) {
                control.println(step.toString());
            }
        } catch (KubernetesClientException e) {
            throw new CommandFailed("cluster: " + e.getMessage());
        }
    }

    /** As discovery reads lanes: with other rules a workload would be taken for that of another lane. */
    private DiscoveryRules rules() {
        try {
            return KubernetesSettings.of(namespaces, settings).rules();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--kubernetes-setting: " + e.getMessage(), e);
        }
    }

    private List<String> expired() {
        Object response = control.ask("GET", ControlClient.path("lanes"), null);
        JsonArray lanes = response instanceof JsonArray list
                ? list
                : ((JsonObject) response).getJsonArray("lanes", new JsonArray());
        List<String> expired = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            JsonObject lane = lanes.getJsonObject(i);
            if ("expired".equals(lane.getString("state"))) {
                expired.add(lane.getString("name"));
            }
        }
        return expired;
    }
}
