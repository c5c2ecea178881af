package io.laneway.cli.objects;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway lanes renew NAME}. */
@Command(name = "renew", description = "Restarts a lane's time to live.", mixinStandardHelpOptions = true)
final class RenewVerb implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public void run() {
        change.make("POST", ControlClient.path("lanes", name, "renew"), "{}");
    }
}
