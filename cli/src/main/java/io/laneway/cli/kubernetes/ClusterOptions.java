package io.laneway.cli.kubernetes;

import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.k8s.cleanup.CleanupMode;
import io.laneway.router.unit.Durations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the control API does in a cluster. */
public final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--kubernetes", description = "find deployments in Kubernetes, and follow its custom resources")
    private boolean kubernetes;

    @Option(
            names = "--namespaces",
            split = ",",
            paramLabel = "NAME",
            description = "only in these namespaces (default: all)")
    private List<String> namespaces = List.of();

    @Option(
            names = "--kubernetes-setting",
            paramLabel = "KEY=VALUE",
            description = "a setting of discovery, see docs/reference/kubernetes.md")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--kubernetes-gateway",
            paramLabel = "[NAMESPACE/]NAME",
            description =
                    "HTTPRoutes and GRPCRoutes of this Gateway, or of all of our class for *, become the table's routes")
    private @Nullable String gateway;

    @Option(names = "--kubernetes-events", description = "write what is odd as events on the Services")
    private boolean events;

    @Option(
            names = "--cleanup",
            paramLabel = "MODE",
            description = "what becomes of the workloads of expired lanes: report, scale or delete (default: nothing)")
    private @Nullable CleanupMode mode;

    @Option(
            names = "--cleanup-owner",
            paramLabel = "NAME",
            description = "touch only what has label laneway.io/owner with this value (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway")
    private String owner;

    @Option(names = "--cleanup-dry-run", description = "say what would be done, and do nothing")
    private boolean dryRun;

    @Option(
            names = "--cleanup-every",
            paramLabel = "TIME",
            description = "pause between two looks (default: ${DEFAULT-VALUE})",
            defaultValue = "1m")
    private String every;

    /** How to find deployments in Kubernetes, null if not asked for. */
    @Nullable
    public KubernetesConfig cluster() {
        if (!kubernetes
                && (gateway != null || events || mode != null || !namespaces.isEmpty() || !settings.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "options about a cluster without --kubernetes");
        }
        try {
            KubernetesConfig config = kubernetes ? KubernetesSettings.of(namespaces, settings) : null;
            return config == null || gateway == null ? config : config.forRoutes();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--kubernetes-setting: " + e.getMessage(), e);
        }
    }

    /** What is done there besides. */
    public ClusterDuties duties() {
        try {
            ClusterDuties.Cleanup cleanup =
                    mode == null ? null : new ClusterDuties.Cleanup(mode, owner, dryRun, Durations.parse(every));
            return new ClusterDuties(instance(), gateway, events, cleanup);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--cleanup: " + e.getMessage(), e);
        }
    }

    private static String instance() {
        String pod = System.getenv("POD_NAME");
        return pod == null || pod.isEmpty() ? "laneway-control" : pod;
    }
}
