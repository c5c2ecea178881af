package io.laneway.cli.command;

import io.laneway.cli.join.JoinCommand;
import io.laneway.cli.objects.Resource;
import io.laneway.cli.objects.ResourceCommand;
import io.laneway.cli.plan.PlanCommand;
import io.laneway.cli.redirect.RedirectCommand;
import io.laneway.cli.remote.ContextCommand;
import io.laneway.cli.remote.EmptyName;
import io.laneway.cli.replays.ReplaysCommand;
import io.laneway.cli.requests.TailCommand;
import io.laneway.cli.shift.ShiftCommand;
import io.laneway.cli.table.TableCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        versionProvider = Version.class)
public final class Laneway implements Runnable {

    private static final List<String> COMMANDS = List.of(
            "demo",
            "gateway",
            "control",
            "check",
            "schema",
            "explain",
            "shift",
            "plan",
            "table",
            "context",
            "audit",
            "tail",
            "join",
            "completion",
            "lint",
            "messages",
            "record",
            "replay",
            "diff",
            "chain",
            "import",
            "kubernetes",
            "redirect",
            "version",
            "help",
            "lanes",
            "services",
            "shifts",
            "revisions",
            "gateways",
            "tokens",
            "replays");

    /** A class rather than a lambda, whose type would refer to picocli's classes: see below. */
    private static final CompletionCommand.WholeCommandLine ALL = new CompletionCommand.WholeCommandLine() {
        @Override
        public CommandLine make() {
            return commandLine();
        }
    };

    @Spec
    private CommandSpec spec;

    // no map of constructors: picocli's classes are too old for an AOT cache, whose making fails on references to them
    private static @Nullable Object command(String name, CommandSets sets) {
        return switch (name) {
            case "gateway" -> new GatewayCommand();
            case "check" -> new CheckCommand();
            case "schema" -> new SchemaCommand();
            case "explain" -> new ExplainCommand();
            case "shift" -> new ShiftCommand();
            case "plan" -> new PlanCommand();
            case "table" -> new TableCommand();
            case "context" -> new ContextCommand();
            case "audit" -> new AuditCommand();
            case "tail" -> new TailCommand();
            case "join" -> new JoinCommand();
            case "completion" -> new CompletionCommand(ALL);
            case "lint" -> new LintCommand();
            case "redirect" -> new RedirectCommand();
            case "version" -> new VersionCommand();
            case "help" -> new HelpCommand();
            case "lanes" -> ResourceCommand.of(Resource.LANES);
            case "services" -> ResourceCommand.of(Resource.SERVICES);
            case "shifts" -> ResourceCommand.of(Resource.SHIFTS);
            case "revisions" -> ResourceCommand.of(Resource.REVISIONS);
            case "gateways" -> ResourceCommand.of(Resource.GATEWAYS);
            case "tokens" -> ResourceCommand.of(Resource.TOKENS);
            case "replays" -> new ReplaysCommand();
            default -> sets.command(name);
        };
    }

    /** Runs the command and gives its exit code; blocks until it is done. */
    public static int execute(String... args) {
        return commandLine(args).execute(args);
    }

    /**
     * The command line, ready to execute these words. A command that is named first is the only one that is read: reading
     * all of them takes longer than everything else a gateway does until it is ready.
     */
    public static CommandLine commandLine(String... args) {
        return commandLine(CommandSets.found(), args);
    }

    /** With the commands of these sets beside those that every distribution has. */
    static CommandLine commandLine(CommandSets sets, String... args) {
        CommandLine line = new CommandLine(new Laneway());
        boolean named = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals("help");
        for (String name : named ? List.of(args[0]) : COMMANDS) {
            Object command = command(name, sets);
            if (command != null) {
                line.addSubcommand(name, command);
            } else if (named) {
                line.addSubcommand(name, new MissingCommand());
            }
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler((failure, at, result) -> {
            if (failure instanceof EmptyName) {
                at.getErr().println("laneway: " + failure.getMessage());
                return ExitCode.USAGE;
            }
            if (!Failures.expected(failure, sets)) {
                throw failure;
            }
            at.getErr().println("laneway: " + Failures.line(failure));
            return ExitCode.SOFTWARE;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command (expected: one of those below)");
    }
}
