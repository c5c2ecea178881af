package io.laneway.cli.record;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway record list}. */
@Command(
        name = "list",
        description = "Lists recordings that run, and those that ended within a day.",
        mixinStandardHelpOptions = true)
final class RecordListCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.show(
                ControlClient.path("recordings"), "name", "state", "service", "lane", "path", "share", "from", "until");
    }
}
