package io.laneway.cli.objects;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway <objects> get NAME}. */
@Command(name = "get", description = "Shows one.", mixinStandardHelpOptions = true)
final class GetVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "NAME")
    private String name;

    private final Resource resource;

    GetVerb(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void run() {
        remote.show(ControlClient.path(resource.plural(), name));
    }
}
