package io.laneway.cli.plan;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway plan show default}. */
@Command(name = "show", description = "Shows where a plan is, and why it holds.", mixinStandardHelpOptions = true)
final class PlanShowCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "SHIFT", description = "such as default")
    private String shift;

    @Override
    public void run() {
        JsonObject plan = remote.get(ControlClient.path("shifts", shift, "plan"));
        if (remote.format() == Format.table) {
            remote.println(PlanText.whole(plan));
        } else {
            remote.print(plan);
        }
    }
}
