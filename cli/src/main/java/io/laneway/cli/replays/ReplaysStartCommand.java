package io.laneway.cli.replays;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
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

    @Option(names = "--lane", paramLabel = "LANE", required = true, description = "the lane that requests go to")
    private String lane;

    @Option(names = "--gateway", paramLabel = "ID", description = "which is to do it (default: the only one that can)")
    private @Nullable String gateway;

    @Option(
            names = "--against",
            paramLabel = "LANE",
            description = "send safe requests to this lane, too, before and after, and compare: master")
    private @Nullable String against;

    @Option(names = "--to", paramLabel = "URL", description = "where requests go (default: the gateway itself)")
    private @Nullable String to;

    @Option(
            names = "--listener",
            paramLabel = "NAME",
            description = "of the gateway itself that requests go to (default: the one for services)")
    private @Nullable String listener;

    @Option(names = "--insecure", description = "take any certificate of --to")
    private boolean insecure;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "a multiple of the recorded speed (1x, 4x) or a fixed rate (200/s) (default: 1x)")
    private @Nullable String rate;

    @Option(names = "--times", paramLabel = "N", description = "how often all are sent (default: 1)")
    private @Nullable Integer times;

    @Option(
            names = "--unsafe",
            description = "also send requests that may change something (POST, PUT, ...), each at most once and to the"
                    + " lane alone, which has to be strict")
    private boolean unsafe;

    @Option(
            names = "--safe",
            paramLabel = "METHOD PATH",
            description =
                    "requests that change nothing although they are no GET, such as \"POST /shop.Orders/Get*\"; may"
                            + " be repeated")
    private List<String> safe = List.of();

    @Option(names = "--host", paramLabel = "HOST", description = "ask for this host instead of the recorded ones")
    private @Nullable String host;

    @Option(names = "--in-flight", paramLabel = "N", description = "requests under way at most (default: 64)")
    private @Nullable Integer inFlight;

    @Option(names = "--timeout", paramLabel = "TIME", description = "for each response (default: 30s)")
    private @Nullable String timeout;

    @Option(names = "--within", paramLabel = "TIME", description = "after which it ends, at most 24h (default: 1h)")
    private @Nullable String within;

    @Option(names = "--dry-run", description = "show what would be started, start nothing")
    private boolean dryRun;

    @Option(names = "--follow", description = "say how far it is until it has ended, and what differs")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
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

    private JsonObject body() {
        JsonObject body = new JsonObject().put("recording", recording).put("lane", lane);
        put(body, "gateway", gateway);
        put(body, "against", against);
        put(body, "to", to);
        put(body, "listener", listener);
        put(body, "rate", rate);
        put(body, "times", times);
        put(body, "host", host);
        put(body, "inFlight", inFlight);
        put(body, "timeout", timeout);
        put(body, "within", within);
        if (!safe.isEmpty()) {
            body.put("safe", new JsonArray(safe));
        }
        return body.put("unsafe", unsafe).put("insecure", insecure);
    }

    private static void put(JsonObject body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value);
        }
    }
}
