package io.laneway.cli.command;

import io.laneway.cli.run.GatewayProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code laneway gateway -c laneway.yaml}: runs a gateway until it is stopped. */
@Command(
        name = "gateway",
        description = "Runs a gateway until SIGTERM, then finishes what runs.",
        mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "its configuration (default: ${DEFAULT-VALUE})",
            defaultValue = "laneway.yaml")
    private Path file;

    @Override
    public Integer call() {
        boolean ran = GatewayProcess.run(file, spec.commandLine().getErr());
        return ran ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
