package io.laneway.cli.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the cluster is: as kubectl finds it, unless said otherwise. */
final class ClusterConnection {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "a kubeconfig (default: as kubectl finds it)")
    private @Nullable String kubeconfig;

    @Option(names = "--kube-context", paramLabel = "NAME", description = "a context of it")
    private @Nullable String context;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the API server instead, such as that of kubectl proxy")
    private @Nullable String server;

    KubernetesClient open() {
        try {
            return Clients.open(new Connection(kubeconfig, context, server, null, null));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
