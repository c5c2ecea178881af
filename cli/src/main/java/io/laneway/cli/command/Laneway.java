package io.laneway.cli.command;

import io.laneway.cli.remote.CallFailed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command tree. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "laneway",
        description = "Gets every request to the right lane.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            GatewayCommand.class,
            ControlCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            ShiftCommand.class,
            LintCommand.class,
            MessagesCommand.class,
            ImportCommand.class,
            KubernetesCommand.class,
            VersionCommand.class,
            HelpCommand.class,
        })
public final class Laneway implements Runnable {

    @Spec
    private CommandSpec spec;

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new Laneway())
                .addSubcommand(
                        "lanes",
                        ResourceCommand.of(
                                Resource.LANES,
                                new GetVerb(Resource.LANES),
                                new ApplyVerb(Resource.LANES),
                                new DeleteVerb(Resource.LANES),
                                new RenewVerb()))
                .addSubcommand(
                        "services",
                        ResourceCommand.of(
                                Resource.SERVICES,
                                new GetVerb(Resource.SERVICES),
                                new ApplyVerb(Resource.SERVICES),
                                new DeleteVerb(Resource.SERVICES)))
                .addSubcommand(
                        "shifts",
                        ResourceCommand.of(
                                Resource.SHIFTS,
                                new GetVerb(Resource.SHIFTS),
                                new ApplyVerb(Resource.SHIFTS),
                                new DeleteVerb(Resource.SHIFTS)))
                .addSubcommand(
                        "revisions",
                        ResourceCommand.of(
                                Resource.REVISIONS,
                                new GetVerb(Resource.REVISIONS),
                                new RevisionDiffVerb(),
                                new RevisionRestoreVerb()))
                .addSubcommand("gateways", ResourceCommand.of(Resource.GATEWAYS))
                .addSubcommand(
                        "tokens",
                        ResourceCommand.of(Resource.TOKENS, new TokenCreateVerb(), new DeleteVerb(Resource.TOKENS)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, result) -> {
                    if (!(failure instanceof CallFailed) && !(failure instanceof CommandFailed)) {
                        throw failure;
                    }
                    line.getErr().println("laneway: " + failure.getMessage());
                    return ExitCode.SOFTWARE;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command (expected: one of those below)");
    }
}
