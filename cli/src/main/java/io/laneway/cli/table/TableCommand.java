package io.laneway.cli.table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway table}: the lane table as a whole. */
@Command(
        name = "table",
        description = "Reads, compares and applies the lane table as a whole.",
        mixinStandardHelpOptions = true,
        subcommands = {TableGetCommand.class, TableDiffCommand.class, TableApplyCommand.class})
public final class TableCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
