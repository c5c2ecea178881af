package io.laneway.cli.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.run.Lifetime;
import io.laneway.k8s.certificate.GatewayCertificates;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway kubernetes certificates}: the certificates of HTTPS listeners as files for a gateway beside it. */
@Command(
        name = "certificates",
        description = "Keeps a directory with the certificates that the HTTPS listeners of our Gateways name, for the"
                + " tls.directory of a gateway beside it, until it is ended.",
        mixinStandardHelpOptions = true)
final class CertificatesCommand implements Runnable {

    @Mixin
    private ClusterConnection cluster;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "the directory, made where it is missing")
    private Path directory;

    @Option(
            names = "--kubernetes-gateway",
            paramLabel = "[NAMESPACE/]NAME",
            description = "this Gateway, or all of our class for * (default: ${DEFAULT-VALUE})",
            defaultValue = "*")
    private String gateway;

    @Option(names = "--every", description = "pause between two looks (default: ${DEFAULT-VALUE})", defaultValue = "5s")
    private String every;

    @Override
    public void run() {
        Lifetime lifetime = new Lifetime();
        try (KubernetesClient client = cluster.open();
                GatewayCertificates certificates = new GatewayCertificates(client, gateway, directory)) {
            certificates.start(Durations.parse(every));
            lifetime.await(null);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailed("certificates: " + e.getMessage());
        } finally {
            lifetime.closed();
        }
    }
}
