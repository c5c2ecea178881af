package io.laneway.cli.kubernetes;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.run.Lifetime;
import io.laneway.k8s.inject.InjectionServer;
import io.laneway.k8s.inject.PemTls;
import io.laneway.k8s.inject.PodInjector;
import io.laneway.k8s.inject.Redirection;
import io.laneway.k8s.inject.SidecarTemplate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code laneway kubernetes webhook}: the admission webhook that puts the sidecar into pods that ask for it. */
@Command(
        name = "webhook",
        description =
                "Serves the admission webhook that puts the sidecar into pods labelled laneway.io/inject: \"true\".",
        mixinStandardHelpOptions = true)
final class WebhookCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            description = "address to listen on (default: ${DEFAULT-VALUE})",
            defaultValue = "0.0.0.0")
    private String host;

    @Option(names = "--port", description = "port to listen on (default: ${DEFAULT-VALUE})", defaultValue = "9443")
    private int port;

    @Option(
            names = "--certificate",
            paramLabel = "PEM",
            required = true,
            description = "certificate chain, read again when it changes")
    private Path certificate;

    @Option(names = "--key", paramLabel = "PEM", required = true, description = "its private key")
    private Path key;

    @Option(names = "--image", required = true, description = "the image of the sidecar")
    private String image;

    @Option(
            names = "--config-map",
            description = "the ConfigMap with laneway.yaml in the pod's namespace (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway-sidecar")
    private String configMap;

    @Option(
            names = "--secret",
            description = "the Secret with key token there; may be absent (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway-gateway-token")
    private String secret;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "where the application's calls go (default: ${DEFAULT-VALUE})",
            defaultValue = "http://127.0.0.1:15001")
    private String proxy;

    @Option(
            names = "--transparent",
            paramLabel = "IMAGE",
            description =
                    "redirect all TCP connections of a pod to its sidecar, by an init container of this image (with"
                            + " laneway, and nft or iptables-restore), instead of setting HTTP_PROXY")
    private @Nullable String transparent;

    @Option(
            names = "--version-label",
            description = "names a pod's lane (default: ${DEFAULT-VALUE})",
            defaultValue = "version")
    private String versionLabel;

    @Override
    public void run() {
        Redirection redirection = transparent == null ? null : new Redirection(transparent);
        PodInjector injector =
                new PodInjector(new SidecarTemplate(image, configMap, secret, proxy, redirection), versionLabel);
        Lifetime lifetime = new Lifetime();
        try (InjectionServer server =
                new InjectionServer(new InetSocketAddress(host, port), new PemTls(certificate, key), injector)) {
            spec.commandLine().getErr().println("webhook on port " + server.port());
            lifetime.await(null);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailed("webhook: " + e.getMessage());
        } finally {
            lifetime.closed();
        }
    }
}
