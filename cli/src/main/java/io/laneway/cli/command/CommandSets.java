package io.laneway.cli.command;

import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The command sets that this distribution has. Immutable. */
record CommandSets(List<CommandSet> sets) {

    CommandSets {
        sets = List.copyOf(sets);
    }

    static CommandSets found() {
        return new CommandSets(ServiceLoader.load(CommandSet.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** A new command of that name, null if no set has it. */
    @Nullable
    Object command(String name) {
        for (CommandSet set : sets) {
            Object command = set.command(name);
            if (command != null) {
                return command;
            }
        }
        return null;
    }

    boolean expects(Throwable failure) {
        return sets.stream().anyMatch(set -> set.expects(failure));
    }
}
