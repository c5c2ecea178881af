package io.laneway.cli.command;

import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway <objects> delete NAME}. */
@Command(name = "delete", description = "Deletes one.", mixinStandardHelpOptions = true)
final class DeleteVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    private final Resource resource;

    DeleteVerb(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void run() {
        remote.call("DELETE", ControlClient.path(resource.plural(), name) + (dryRun ? "?dryRun=true" : ""), null);
    }
}
