package io.laneway.cli.objects;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway lanes unlink NAME}. */
@Command(name = "unlink", description = "Revokes all signed links into a lane.", mixinStandardHelpOptions = true)
final class UnlinkVerb implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Change change;

    @Parameters(paramLabel = "NAME", arity = "0..1")
    private @Nullable String name;

    @Option(names = "--all", description = "those into all lanes")
    private boolean all;

    @Override
    public void run() {
        if (all == (name != null)) {
            throw new ParameterException(spec.commandLine(), "NAME and --all: expected one of them");
        }
        change.make("DELETE", name == null ? "/v1/links" : ControlClient.path("lanes", name, "links"), null);
    }
}
