package io.laneway.cli.replays;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway replays}: replays that a gateway near the services does. */
@Command(
        name = "replays",
        description = "Has a gateway send the requests that it recorded into a lane, and says what differs from base."
                + " `laneway replay` sends those of a file from here.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ReplaysStartCommand.class,
            ReplaysListCommand.class,
            ReplaysGetCommand.class,
            ReplaysAbortCommand.class
        })
public final class ReplaysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
