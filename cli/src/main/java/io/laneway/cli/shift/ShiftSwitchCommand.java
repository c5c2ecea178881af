package io.laneway.cli.shift;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway shift switch default --to G0}. */
@Command(
        name = "switch",
        description = "Sends all tenants to one environment, or to the base lane, in one revision; `revert` undoes it.",
        mixinStandardHelpOptions = true)
final class ShiftSwitchCommand implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "SHIFT", description = "such as default")
    private String shift;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ENVIRONMENT",
            description = "an environment, or the base lane")
    private String to;

    @Override
    public void run() {
        change.make(
                "POST",
                ControlClient.path("shifts", shift, "switch"),
                new JsonObject().put("to", to).encode());
    }
}
