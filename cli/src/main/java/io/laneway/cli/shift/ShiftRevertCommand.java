package io.laneway.cli.shift;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway shift revert default}. */
@Command(name = "revert", description = "Undoes the last change of a shift.", mixinStandardHelpOptions = true)
final class ShiftRevertCommand implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "SHIFT")
    private String shift;

    @Override
    public void run() {
        change.make("POST", ControlClient.path("shifts", shift, "revert"), "{}");
    }
}
