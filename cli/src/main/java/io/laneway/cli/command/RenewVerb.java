package io.laneway.cli.command;

import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway lanes renew NAME}. */
@Command(name = "renew", description = "Starts a lane's time to live anew.", mixinStandardHelpOptions = true)
final class RenewVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public void run() {
        remote.call("POST", ControlClient.path("lanes", name, "renew"), "{}");
    }
}
