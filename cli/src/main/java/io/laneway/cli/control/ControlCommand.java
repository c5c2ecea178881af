package io.laneway.cli.control;

import io.laneway.cli.kubernetes.ClusterOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code laneway control}: runs the control API until it is stopped. */
@Command(
        name = "control",
        description = "Runs the control API.",
        mixinStandardHelpOptions = true,
        subcommands = {AcceptCommand.class, BackupCommand.class, RestoreCommand.class})
final class ControlCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions options;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private PublisherOptions publishers;

    @Mixin
    private ServerOptions servers;

    @Override
    public Integer call() {
        ControlProcess.run(
                options.config()
                        .removing(publishers.leftovers())
                        .showing(publishers.messages())
                        .serving(servers.servers()),
                cluster.cluster(),
                cluster.duties(),
                publishers.publishers());
        return ExitCode.OK;
    }
}
