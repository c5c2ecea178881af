package io.laneway.cli.objects;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One kind of object with its verbs: {@code laneway lanes list|get|apply|delete}. */
@Command(mixinStandardHelpOptions = true)
public final class ResourceCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private ResourceCommand() {}

    /** The command of a kind, with its verbs. */
    public static CommandLine of(Resource resource) {
        CommandLine line = new CommandLine(new ResourceCommand());
        line.getCommandSpec().usageMessage().description("Lists and changes " + resource.plural() + ".");
        for (Object verb : verbs(resource)) {
            line.addSubcommand(verb);
        }
        return line;
    }

    private static List<Object> verbs(Resource resource) {
        ListVerb list = new ListVerb(resource);
        GetVerb get = new GetVerb(resource);
        ApplyVerb apply = new ApplyVerb(resource);
        DeleteVerb delete = new DeleteVerb(resource);
        return switch (resource) {
            case LANES -> List.of(list, get, apply, delete, new RenewVerb(), new LinkVerb(), new UnlinkVerb());
            case SERVICES, SHIFTS -> List.of(list, get, apply, delete);
            case REVISIONS -> List.of(list, get, new RevisionDiffVerb(), new RevisionRestoreVerb());
            case GATEWAYS -> List.of(list);
            case TOKENS -> List.of(list, new TokenCreateVerb(), delete);
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
