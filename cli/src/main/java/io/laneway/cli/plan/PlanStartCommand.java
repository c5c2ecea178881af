package io.laneway.cli.plan;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Input;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway plan start default --lane G0 5%:30m 20%:2h 100%} or {@code -f plan.yaml}. */
@Command(
        name = "start",
        description = {
            "Starts a plan, from a file or from its steps.",
            "A step is a share with the time until the next one, such as 5%%:30m; without a time it waits for `promote`."
        },
        mixinStandardHelpOptions = true)
final class PlanStartCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Change change;

    @Parameters(index = "0", paramLabel = "SHIFT", description = "such as default")
    private String shift;

    @Parameters(index = "1..*", paramLabel = "SHARE[:TIME]", description = "the steps")
    private List<String> steps = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "the plan in YAML or JSON, - for standard input")
    private @Nullable String file;

    @Option(names = "--lane", paramLabel = "ENVIRONMENT", description = "the environment that gets the tenants")
    private @Nullable String lane;

    @Mixin
    private GuardOptions guard;

    @Override
    public void run() {
        change.make("PUT", ControlClient.path("shifts", shift, "plan"), body().encode());
    }

    private JsonObject body() {
        if (file != null) {
            if (lane != null || !steps.isEmpty() || guard.given()) {
                throw wrong("-f: given with steps, --lane or a guard (expected: the whole plan in the file)");
            }
            Object document = Input.read(file, "a plan with lane and steps");
            if (document instanceof JsonObject plan) {
                return plan;
            }
            throw wrong("-f: " + file + " is no mapping (expected: a plan with lane and steps)");
        }
        if (lane == null || steps.isEmpty()) {
            throw wrong("no plan (expected: --lane and steps, such as --lane G0 5%:30m 100%, or -f FILE)");
        }
        JsonArray all = new JsonArray();
        steps.forEach(step -> all.add(step(step)));
        JsonObject plan = new JsonObject().put("lane", lane).put("steps", all);
        return guard.given() ? plan.put("guard", guard.body()) : plan;
    }

    private static JsonObject step(String text) {
        int colon = text.indexOf(':');
        String share = colon < 0 ? text : text.substring(0, colon);
        JsonObject step = new JsonObject().put("share", share.endsWith("%") ? share : share + "%");
        return colon < 0 ? step : step.put("pause", text.substring(colon + 1));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
