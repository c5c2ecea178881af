package io.laneway.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway completion bash|zsh|fish}: the script that a shell reads, generated from the commands. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options.",
            "bash, zsh: source <(laneway completion bash)",
            "fish: laneway completion fish | source"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    /** The shells that there is a script for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    /** Makes the command line with all of its commands. */
    interface WholeCommandLine {
        CommandLine make();
    }

    private final WholeCommandLine all;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    CompletionCommand(WholeCommandLine all) {
        this.all = all;
    }

    @Override
    public Integer call() {
        CommandLine laneway = all.make();
        PrintWriter out = spec.commandLine().getOut();
        switch (shell) {
            case bash -> out.println(AutoComplete.bash("laneway", laneway));
            case zsh -> {
                out.println("autoload -U +X compinit && compinit -i");
                out.println(AutoComplete.bash("laneway", laneway));
            }
            case fish -> out.print(FishCompletion.script(laneway));
        }
        out.flush();
        return ExitCode.OK;
    }
}
