package io.laneway.cli.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.Remote;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.proxied.OutsideHosts;
import io.laneway.k8s.proxied.ProxyWish;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        description =
                "Wants a base Service to point at the gateway, or at its own pods again, and waits until the control"
                        + " API has done it without losing a request.",
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
            description = "Sets annotation laneway.io/proxied: \"true\", which belongs into the Service's own manifest;"
                    + " the control API makes SERVICE-<base>, points SERVICE at the gateway and keeps it there.",
            mixinStandardHelpOptions = true)
    void install(
            @Mixin Work work,
            @Option(
                            names = "--gateway",
                            paramLabel = "LABEL=VALUE[,…]",
                            description = "labels of the gateway's pods in the namespace (default:"
                                    + " app=laneway-gateway,version=proxy)")
                    @Nullable
                    String gateway,
            @Option(names = "--gateway-port", description = "their port (default: 8080)") @Nullable String port) {
        work.install(gateway, port);
    }

    @Command(
            name = "remove",
            description = "Takes the annotation away; the control API puts the Service's own selector back and takes"
                    + " SERVICE-<base> away.",
            mixinStandardHelpOptions = true)
    void remove(@Mixin Work work) {
        work.remove();
    }

    /** The options of both verbs. */
    static final class Work {

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        @Mixin
        private ClusterConnection cluster;

        @Mixin
        private Remote control;

        @Parameters(paramLabel = "NAMESPACE/SERVICE", description = "the Service that is called")
        private String service;

        @Option(
                names = "--patience",
                paramLabel = "TIME",
                description = "how long to wait (default: ${DEFAULT-VALUE})",
                defaultValue = "60s")
        private String patience;

        void install(@Nullable String gateway, @Nullable String port) {
            with((client, wish) -> {
                GatewayPods pods = gateway == null && port == null ? null : GatewayPods.of(gateway, port);
                wish.install(pods, hosts(client));
                if (!wish.awaitInstalled(time())) {
                    throw late("point at the gateway");
                }
                control.println(service + " points at the gateway");
                control.println("put annotation laneway.io/proxied: \"true\" into its manifest as well");
            });
        }

        void remove() {
            with((client, wish) -> {
                wish.remove();
                if (!wish.awaitRemoved(time())) {
                    throw late("lead to its own pods");
                }
                control.println(service + " points at its own pods");
            });
        }

        /** The gateway takes over the hosts by which Ingresses call the Service; what it cannot take is said. */
        private @Nullable String hosts(KubernetesClient client) {
            String name = parts()[1];
            warn("the gateway answers 404 for other hosts than " + name + ", " + name + "." + parts()[0]
                    + "[.svc[.cluster.local]] and those of annotation laneway.io/hosts");
            try {
                OutsideHosts hosts = OutsideHosts.of(client, parts()[0], name);
                if (!hosts.shared().isEmpty()) {
                    warn("hosts that Ingresses share among Services, which need routes: "
                            + String.join(", ", hosts.shared()));
                }
                if (hosts.own().isEmpty()) {
                    return null;
                }
                control.println("laneway.io/hosts: added " + String.join(", ", hosts.own()) + " of its Ingresses");
                return hosts.with(
                        client.services().inNamespace(parts()[0]).withName(name).get());
            } catch (KubernetesClientException e) {
                warn("Ingresses could not be read, so their hosts are not known: " + e.getCode());
                return null;
            }
        }

        private void warn(String text) {
            spec.commandLine().getErr().println("warning: " + text);
        }

        /** With what the control API says of the Service, if it can be asked. */
        private CommandFailed late(String what) {
            return new CommandFailed(service + ": does not " + what + " after " + time().toSeconds() + " s: " + said());
        }

        private String said() {
            try {
                JsonObject response = (JsonObject) control.ask("GET", "/v1/lint", null);
                String found = response.getJsonArray("findings").stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> "not-proxied".equals(one.getString("rule")))
                        .filter(one -> ("Service " + service).equals(one.getString("subject")))
                        .map(one -> Objects.requireNonNullElse(one.getString("message"), ""))
                        .collect(Collectors.joining("; "));
                return found.isEmpty()
                        ? "the control API says nothing of it (expected: one with --kubernetes that may write Services)"
                        : found;
            } catch (RuntimeException e) {
                return "the control API could not be asked: " + e.getMessage();
            }
        }

        private Duration time() {
            return Durations.parse(patience);
        }

        private String[] parts() {
            String[] parts = service.split("/", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new ParameterException(spec.commandLine(), service + " (expected: NAMESPACE/SERVICE)");
            }
            return parts;
        }

        /** What is done with a cluster and a Service of it. */
        private interface Step {
            void run(KubernetesClient client, ProxyWish wish);
        }

        private void with(Step step) {
            String[] parts = parts();
            try (KubernetesClient client = cluster.open()) {
                step.run(client, new ProxyWish(client, parts[0], parts[1]));
            } catch (IllegalStateException | KubernetesClientException e) {
                throw new CommandFailed(service + ": " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }
}
