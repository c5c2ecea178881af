package io.laneway.cli.shift;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway shift set default G0=20%}. */
@Command(name = "set", description = "Sets the shares of a shift's environments.", mixinStandardHelpOptions = true)
final class ShiftSetCommand implements Runnable {

    @Mixin
    private Change change;

    @Mixin
    private Shares shares;

    @Override
    public void run() {
        change.make(
                "PUT",
                ControlClient.path("shifts", shares.shift()),
                shares.body().encode());
    }
}
