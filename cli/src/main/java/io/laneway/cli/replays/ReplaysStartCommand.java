package io.laneway.cli.replays;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway replays start RECORDING --lane f-1}. */
@Command(
        name = "start",
        description =
                "Has a gateway send what it kept of a recording into a lane. With --follow it says how far it is and"
                        + " what differs: exits 0 when nothing does, 1 when something does or has no"
                        + " response, 2 when nothing has one, it failed or was aborted.",
        mixinStandardHelpOptions = true)
final class ReplaysStartCommand implements Callable<Integer> {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "RECORDING", description = "such as orders")
    private String recording;

    @Mixin
    private SendOptions send;

    @Option(names = "--gateway", paramLabel = "ID", description = "which is to do it (default: the only one that can)")
    private @Nullable String gateway;

    @Option(names = "--to", paramLabel = "URL", description = "where requests go (default: the gateway itself)")
    private @Nullable String to;

    @Option(
            names = "--listener",
            paramLabel = "NAME",
            description = "of the gateway itself that requests go to (default: the one for services)")
    private @Nullable String listener;

    @Option(names = "--within", paramLabel = "TIME", description = "after which it ends, at most 24h (default: 1h)")
    private @Nullable String within;

    @Option(names = "--dry-run", description = "show what would be started, start nothing")
    private boolean dryRun;

    @Option(names = "--follow", description = "say how far it is until it has ended, and what differs")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException, IOException {
        String path = ControlClient.path("replays") + (dryRun ? "?dryRun=true" : "");
        JsonObject replay = (JsonObject) remote.ask("POST", path, body().encode());
        if (dryRun || !follow) {
            boolean text = remote.format() == Format.table && !dryRun;
            if (text) {
                remote.println(ReplayText.line(replay));
            } else {
                remote.print(replay);
            }
            return 0;
        }
        ReplayProgress progress = new ReplayProgress(remote, replay.getString("id"));
        return progress.show(progress.follow());
    }

    private JsonObject body() throws IOException {
        JsonObject body = send.body().put("recording", recording);
        SendOptions.put(body, "gateway", gateway);
        SendOptions.put(body, "to", to);
        SendOptions.put(body, "listener", listener);
        SendOptions.put(body, "within", within);
        return body;
    }
}
