package io.laneway.cli.record;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway record stop NAME}. */
@Command(
        name = "stop",
        description = "Ends a recording on all gateways, and takes it off the list. Its files stay.",
        mixinStandardHelpOptions = true)
final class RecordStopCommand implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public void run() {
        change.make("DELETE", ControlClient.path("recordings", name), null);
    }
}
