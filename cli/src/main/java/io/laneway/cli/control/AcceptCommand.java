package io.laneway.cli.control;

import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway control accept}: lets gateways follow a store that is new to them or went back. */
@Command(
        name = "accept",
        description = "Lets the gateways follow this store although its id changed or its revision fell.",
        mixinStandardHelpOptions = true)
final class AcceptCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Option(names = "--replaces", paramLabel = "STORE", description = "id of the store that the gateways follow now")
    private @Nullable String replaces;

    @Override
    public void run() {
        JsonObject body = new JsonObject();
        if (replaces != null) {
            body.put("replaces", replaces);
        }
        remote.call("POST", "/v1/store/accept", body.encode());
    }
}
