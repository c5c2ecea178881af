package io.laneway.cli.objects;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway <objects> delete NAME}. */
@Command(name = "delete", description = "Deletes one.", mixinStandardHelpOptions = true)
final class DeleteVerb implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "NAME")
    private String name;

    private final Resource resource;

    DeleteVerb(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void run() {
        change.make("DELETE", ControlClient.path(resource.plural(), name), null);
    }
}
