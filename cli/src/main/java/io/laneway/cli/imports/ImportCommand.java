package io.laneway.cli.imports;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway import}: turns the configuration of other proxies into a lane table. */
@Command(
        name = "import",
        description = "Turns another proxy's configuration into a lane table.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EnvoyCommand.class,
            IngressCommand.class,
            IstioCommand.class,
            NginxCommand.class,
            SpringCommand.class
        })
public final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String sources = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "no source (expected: " + sources + ")");
    }
}
