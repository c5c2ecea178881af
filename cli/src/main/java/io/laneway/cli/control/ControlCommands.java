package io.laneway.cli.control;

import io.laneway.cli.command.CommandSet;
import io.laneway.control.store.database.StoreException;
import org.jspecify.annotations.Nullable;

/** The control API as a command. Stateless. */
public final class ControlCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return switch (name) {
            case "control" -> new ControlCommand();
            default -> null;
        };
    }

    @Override
    public boolean expects(Throwable failure) {
        return failure instanceof StoreException;
    }
}
