package io.laneway.cli.plan;

import io.laneway.cli.plan.PlanMoveCommand.Abort;
import io.laneway.cli.plan.PlanMoveCommand.Finish;
import io.laneway.cli.plan.PlanMoveCommand.Pause;
import io.laneway.cli.plan.PlanMoveCommand.Promote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway plan}: moves tenants step by step. */
@Command(
        name = "plan",
        description = "Moves tenants of a shift step by step.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PlanStartCommand.class,
            PlanShowCommand.class,
            PlanWatchCommand.class,
            Pause.class,
            Promote.class,
            Abort.class,
            Finish.class
        })
public final class PlanCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: one of those below)");
    }
}
