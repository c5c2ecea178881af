package io.laneway.cli.replays;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway replays list}. */
@Command(
        name = "list",
        description = "Lists replays that run, and the newest of those that ended.",
        mixinStandardHelpOptions = true)
final class ReplaysListCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.show(
                ControlClient.path("replays"),
                "id",
                "state",
                "recording",
                "gateway",
                "lane",
                "against",
                "by",
                "created",
                "problem");
    }
}
