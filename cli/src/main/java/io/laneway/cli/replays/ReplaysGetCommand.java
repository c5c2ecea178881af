package io.laneway.cli.replays;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway replays get ID}. */
@Command(
        name = "get",
        description =
                "Shows a replay, and what differs once it has ended. Exits 0 when nothing does, or while it runs, 1"
                        + " when something does, 2 when it failed or was aborted.",
        mixinStandardHelpOptions = true)
final class ReplaysGetCommand implements Callable<Integer> {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "ID")
    private String id;

    @Option(names = "--follow", description = "say how far it is until it has ended")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        ReplayProgress progress = new ReplayProgress(remote, id);
        return progress.show(follow ? progress.follow() : remote.get(ControlClient.path("replays", id)));
    }
}
