package io.laneway.cli.record;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway record start NAME}. */
@Command(
        name = "start",
        description =
                "Has all gateways keep requests and responses from now on, without their secrets. A recording of that"
                        + " name that runs is changed, and continues.",
        mixinStandardHelpOptions = true)
final class RecordStartCommand implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "NAME", description = "such as orders")
    private String name;

    @Option(names = "--service", paramLabel = "SERVICE", description = "requests of this service (default: of any)")
    private @Nullable String service;

    @Option(
            names = "--lane",
            paramLabel = "LANE",
            description = "requests that asked for this lane, or that it served (default: any)")
    private @Nullable String lane;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "requests of this tenant (default: of any)")
    private @Nullable String tenant;

    @Option(names = "--path", paramLabel = "PREFIX", description = "paths that begin with PREFIX (default: any)")
    private @Nullable String path;

    @Option(names = "--share", paramLabel = "SHARE", description = "of them, such as 5%% (default: 100%%)")
    private @Nullable String share;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "how long from now on, or a time such as 2026-12-01T00:00:00Z (default: ${DEFAULT-VALUE})",
            defaultValue = "15m")
    private String until;

    @Option(names = "--max", paramLabel = "SIZE", description = "of a gateway's files, which end it (default: 1GiB)")
    private @Nullable String max;

    @Option(names = "--bodies", paramLabel = "SIZE", description = "kept of each body, at most 1MiB (default: 64KiB)")
    private @Nullable String bodies;

    @Option(names = "--frames", description = "also keep WebSockets: their messages, each up to --bodies")
    private boolean frames;

    @Mixin
    private RedactionOptions redaction;

    @Override
    public void run() {
        JsonObject body = new JsonObject().put("until", until);
        put(body, "service", service);
        put(body, "lane", lane);
        put(body, "tenant", tenant);
        put(body, "path", path);
        put(body, "share", share == null || share.endsWith("%") ? share : share + "%");
        put(body, "max", max);
        put(body, "bodies", bodies);
        if (frames) {
            body.put("frames", true);
        }
        JsonObject redact = redaction.body();
        if (!redact.isEmpty()) {
            body.put("redact", redact);
        }
        change.make("PUT", ControlClient.path("recordings", name), body.encode());
    }

    private static void put(JsonObject body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }
}
