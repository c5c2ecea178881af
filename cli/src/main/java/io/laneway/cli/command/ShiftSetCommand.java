package io.laneway.cli.command;

import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway shift set default G0=20%}. */
@Command(name = "set", description = "Sets the shares of a shift's environments.", mixinStandardHelpOptions = true)
final class ShiftSetCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Mixin
    private Shares shares;

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    @Option(names = "--wait", description = "return when every connected gateway has it")
    private boolean wait;

    @Override
    public void run() {
        String query = dryRun ? "?dryRun=true" : wait ? "?wait=applied" : "";
        remote.call(
                "PUT",
                ControlClient.path("shifts", shares.shift()) + query,
                shares.body().encode());
    }
}
