package io.laneway.cli.replays;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway replays abort ID}. */
@Command(
        name = "abort",
        description = "Ends a replay: its gateway sends no more, and what is in flight ends.",
        mixinStandardHelpOptions = true)
final class ReplaysAbortCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public void run() {
        JsonObject replay = (JsonObject) remote.ask("DELETE", ControlClient.path("replays", id), null);
        if (remote.format() == Format.table) {
            remote.println(ReplayText.line(replay));
        } else {
            remote.print(replay);
        }
    }
}
