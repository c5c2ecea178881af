package io.laneway.cli.chain;

import io.laneway.cli.command.CommandSet;
import org.jspecify.annotations.Nullable;

/** What is asked of recorded requests over several gateways. Stateless. */
public final class ChainCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return name.equals("chain") ? new ChainCommand() : null;
    }
}
