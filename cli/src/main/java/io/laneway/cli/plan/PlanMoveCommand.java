package io.laneway.cli.plan;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A move of a running plan: one call without a body. */
abstract class PlanMoveCommand implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "SHIFT", description = "such as default")
    private String shift;

    private final String move;

    private PlanMoveCommand(String move) {
        this.move = move;
    }

    @Override
    public void run() {
        change.make("POST", ControlClient.path("shifts", shift, "plan", move), "{}");
    }

    /** {@code laneway plan pause default}. */
    @Command(name = "pause", description = "Stays at the step that it has.", mixinStandardHelpOptions = true)
    static final class Pause extends PlanMoveCommand {
        Pause() {
            super("pause");
        }
    }

    /** {@code laneway plan promote default}. */
    @Command(name = "promote", description = "Takes the next step now.", mixinStandardHelpOptions = true)
    static final class Promote extends PlanMoveCommand {
        Promote() {
            super("promote");
        }
    }

    /** {@code laneway plan abort default}. */
    @Command(name = "abort", description = "Sends all tenants back to base.", mixinStandardHelpOptions = true)
    static final class Abort extends PlanMoveCommand {
        Abort() {
            super("abort");
        }
    }

    /** {@code laneway plan finish default}. */
    @Command(
            name = "finish",
            description = "Ends the plan: base has what the environment had, which is at 0 %% again.",
            mixinStandardHelpOptions = true)
    static final class Finish extends PlanMoveCommand {
        Finish() {
            super("finish");
        }
    }
}
