package io.laneway.cli.diff;

import io.laneway.cli.command.CommandSet;
import org.jspecify.annotations.Nullable;

/** What is done with the results of replays. Stateless. */
public final class DiffCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return name.equals("diff") ? new DiffCommand() : null;
    }
}
