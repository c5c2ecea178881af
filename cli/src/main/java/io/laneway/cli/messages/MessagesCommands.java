package io.laneway.cli.messages;

import io.laneway.cli.command.CommandSet;
import org.jspecify.annotations.Nullable;

/** What is asked about message lanes. Stateless. */
public final class MessagesCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return switch (name) {
            case "messages" -> new MessagesCommand();
            default -> null;
        };
    }
}
