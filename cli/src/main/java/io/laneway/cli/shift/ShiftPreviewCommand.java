package io.laneway.cli.shift;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway shift preview default G0=20% --tenant acme}. */
@Command(name = "preview", description = "Shows who would move; changes nothing.", mixinStandardHelpOptions = true)
final class ShiftPreviewCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Mixin
    private Shares shares;

    @Option(names = "--tenant", split = ",", paramLabel = "TENANT", description = "tenants to report on")
    private List<String> tenants = List.of();

    @Override
    public void run() {
        JsonObject body = shares.body();
        if (!tenants.isEmpty()) {
            body.put("tenants", new JsonArray(tenants));
        }
        remote.call("POST", ControlClient.path("shifts", shares.shift(), "preview"), body.encode());
    }
}
