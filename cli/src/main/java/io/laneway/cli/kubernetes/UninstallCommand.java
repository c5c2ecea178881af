package io.laneway.cli.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.k8s.uninstall.Uninstall;
import io.laneway.router.unit.Durations;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway kubernetes uninstall}: the way out. */
@Command(
        name = "uninstall",
        description =
                "Takes back what Laneway changed in the cluster, in the order in which no request is lost: proxied"
                        + " Services, webhooks, custom resources with their finalisers, and their definitions. Works without a"
                        + " control API. Then the manifests or the chart can be deleted.",
        mixinStandardHelpOptions = true)
final class UninstallCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterConnection cluster;

    @Option(names = "--dry-run", description = "say what would be done, and do nothing")
    private boolean dryRun;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            description = "how long the control API may take for its part of a step (default: ${DEFAULT-VALUE})",
            defaultValue = "15s")
    private String patience;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = cluster.open()) {
            new Uninstall(client, Durations.parse(patience), dryRun, out::println).run();
            out.println("next: helm uninstall, or kubectl delete -k, of what was installed");
        } catch (IllegalStateException | KubernetesClientException e) {
            throw new CommandFailed("cluster: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--patience: " + e.getMessage(), e);
        }
    }
}
