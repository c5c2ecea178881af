package io.laneway.cli.objects;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway <objects> list}. */
@Command(name = "list", description = "Lists them all.", mixinStandardHelpOptions = true)
final class ListVerb implements Runnable {

    @Mixin
    private Remote remote;

    private final Resource resource;

    ListVerb(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void run() {
        remote.show(ControlClient.path(resource.plural()), resource.columns());
    }
}
