package io.laneway.cli.demo;

import io.laneway.cli.command.CommandSet;
import org.jspecify.annotations.Nullable;

/** The demo as a command. Stateless. */
public final class DemoCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            default -> null;
        };
    }
}
