package io.laneway.cli.command;

import io.laneway.cli.run.ProgramVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command that this distribution lacks: whatever its options are, it says where to find it. */
@Command
final class MissingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> ignored = new ArrayList<>();

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("laneway: " + spec.name() + ": " + ProgramVersion.lacking() + " (expected: "
                        + ProgramVersion.FULL + ")");
        return ExitCode.USAGE;
    }
}
