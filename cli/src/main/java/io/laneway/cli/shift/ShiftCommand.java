package io.laneway.cli.shift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway shift}: moves tenants between environments. */
@Command(
        name = "shift",
        description = "Moves tenants between environments.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ShiftSetCommand.class,
            ShiftPreviewCommand.class,
            ShiftIncludeCommand.class,
            ShiftExcludeCommand.class,
            ShiftSwitchCommand.class,
            ShiftRevertCommand.class
        })
public final class ShiftCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
