package io.laneway.cli.record;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway record}: recordings of gateways, and files of recorded requests. */
@Command(
        name = "record",
        description =
                "Starts and stops recordings on gateways, and reads files of recorded requests: recordings, and HTTP"
                        + " Archives (HAR 1.2).",
        mixinStandardHelpOptions = true,
        subcommands = {
            RecordStartCommand.class,
            RecordListCommand.class,
            RecordStopCommand.class,
            RecordFetchCommand.class,
            RecordShowCommand.class,
            RecordCheckCommand.class,
            RecordExportCommand.class,
            RecordRedactCommand.class
        })
final class RecordCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
