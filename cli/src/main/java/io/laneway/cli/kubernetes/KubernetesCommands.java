package io.laneway.cli.kubernetes;

import io.laneway.cli.command.CommandSet;
import io.laneway.cli.imports.ImportCommand;
import org.jspecify.annotations.Nullable;

/** What is done in a cluster, and what is taken over from one. Stateless. */
public final class KubernetesCommands implements CommandSet {

    @Override
    public @Nullable Object command(String name) {
        return switch (name) {
            case "import" -> new ImportCommand();
            case "kubernetes" -> new KubernetesCommand();
            default -> null;
        };
    }
}
