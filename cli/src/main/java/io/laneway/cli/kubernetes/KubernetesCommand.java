package io.laneway.cli.kubernetes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway kubernetes}: changes what runs in a cluster, with the rights of its user. */
@Command(
        name = "kubernetes",
        description = "Changes what runs in a cluster, with the rights of its user.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ProxyCommand.class,
            CleanupCommand.class,
            CertificatesCommand.class,
            WebhookCommand.class,
            UninstallCommand.class
        })
final class KubernetesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
