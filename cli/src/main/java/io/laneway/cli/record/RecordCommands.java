package io.laneway.cli.record;

import io.laneway.cli.command.CommandSet;
import org.jspecify.annotations.Nullable;

/** What is done with recorded requests. Stateless. */
public final class RecordCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return switch (name) {
            case "record" -> new RecordCommand();
            case "replay" -> new ReplayCommand();
            default -> null;
        };
    }
}
