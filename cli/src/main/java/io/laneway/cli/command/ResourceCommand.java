package io.laneway.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One kind of object with its verbs: {@code laneway lanes list|get|apply|delete}. */
@Command(mixinStandardHelpOptions = true)
final class ResourceCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private ResourceCommand() {}

    /** The command of a kind, with those verbs that every kind has and those given. */
    static CommandLine of(Resource resource, Object... verbs) {
        CommandLine line = new CommandLine(new ResourceCommand());
        line.getCommandSpec().usageMessage().description("Lists and changes " + resource.plural() + ".");
        line.addSubcommand(new ListVerb(resource));
        for (Object verb : verbs) {
            line.addSubcommand(verb);
        }
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
