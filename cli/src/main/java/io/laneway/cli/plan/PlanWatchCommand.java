package io.laneway.cli.plan;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway plan watch default}: a line for each move until the plan ends. */
@Command(
        name = "watch",
        description = "Prints each move until the plan ends; 0 when it is done, 1 when it was aborted.",
        mixinStandardHelpOptions = true)
final class PlanWatchCommand implements Callable<Integer> {

    private static final Set<String> DONE = Set.of("complete", "finished");
    private static final String ABORTED = "aborted";

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "SHIFT", description = "such as default")
    private String shift;

    @Override
    public Integer call() throws InterruptedException {
        String said = "";
        while (true) {
            JsonObject plan = remote.get(ControlClient.path("shifts", shift, "plan"));
            String line = remote.format() == Format.table ? PlanText.line(plan) : plan.encode();
            if (!line.equals(said)) {
                remote.println(line);
                said = line;
            }
            String status = plan.getString("status");
            if (status == null) {
                throw new CallFailed("the plan has no status (expected: a control API of this version)");
            }
            if (DONE.contains(status) || status.equals(ABORTED)) {
                return status.equals(ABORTED) ? ExitCode.SOFTWARE : ExitCode.OK;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
