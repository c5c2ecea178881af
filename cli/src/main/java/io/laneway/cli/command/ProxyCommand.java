package io.laneway.cli.command;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.proxied.ProxyInstaller;
import io.laneway.k8s.proxied.ProxySettings;
import io.laneway.router.model.LaneTable;
import io.laneway.router.unit.Durations;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway kubernetes proxy install|remove NAMESPACE/SERVICE}: the proxy-pod pattern. */
@Command(
        name = "proxy",
        description = "Points a base Service at the gateway, and back, without losing a request.",
        mixinStandardHelpOptions = true)
final class ProxyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: install or remove)");
    }

    @Command(
            name = "install",
            description = "Makes SERVICE-<base> with the old selector, waits until every gateway knows it, and points"
                    + " SERVICE at the gateway's pods. What was interrupted goes on with the next call.",
            mixinStandardHelpOptions = true)
    void install(@Mixin Work work) {
        work.run(false);
    }

    @Command(
            name = "remove",
            description =
                    "Puts the old selector back, waits until every gateway knows it, and takes SERVICE-<base> away.",
            mixinStandardHelpOptions = true)
    void remove(@Mixin Work work) {
        work.run(true);
    }

    /** What both verbs are told. */
    static final class Work {

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        @Mixin
        private ClusterConnection cluster;

        @Mixin
        private Remote control;

        @Parameters(paramLabel = "NAMESPACE/SERVICE", description = "the Service that everybody calls")
        private String service;

        @Option(
                names = "--base",
                description = "the base lane (default: ${DEFAULT-VALUE})",
                defaultValue = LaneTable.DEFAULT_BASE)
        private String base;

        @Option(
                names = "--gateway",
                paramLabel = "LABEL=VALUE",
                description =
                        "labels of the gateway's pods in the namespace (default: app=laneway-gateway, version=proxy)")
        private Map<String, String> gateway = ProxySettings.DEFAULT.selector();

        @Option(names = "--gateway-port", description = "their port (default: ${DEFAULT-VALUE})", defaultValue = "8080")
        private int port;

        @Option(
                names = "--patience",
                paramLabel = "TIME",
                description = "how long each step may take (default: ${DEFAULT-VALUE})",
                defaultValue = "60s")
        private String patience;

        void run(boolean remove) {
            String[] parts = service.split("/", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new ParameterException(spec.commandLine(), service + " (expected: NAMESPACE/SERVICE)");
            }
            try (KubernetesClient client = cluster.open()) {
                ProxyInstaller installer =
                        new ProxyInstaller(client, new ProxySettings(base, gateway, port, Durations.parse(patience)));
                AppliedTable applied = new AppliedTable(control, client, parts[0], base);
                if (remove) {
                    installer.remove(parts[0], parts[1], () -> applied.knows(parts[1]));
                } else {
                    installer.install(parts[0], parts[1], () -> applied.knows(parts[1] + "-" + base));
                }
                control.println(service + (remove ? " points at its own pods" : " points at the gateway"));
            } catch (IllegalStateException | KubernetesClientException e) {
                throw new CommandFailed(service + ": " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }
}
