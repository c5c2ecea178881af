package io.laneway.cli.command;

import io.laneway.control.store.ControlStore;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway control backup FILE}. */
@Command(
        name = "backup",
        description = "Writes the whole store to a file; the control API may run meanwhile.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Parameters(paramLabel = "FILE", description = "a new file")
    private Path file;

    @Override
    public void run() {
        ControlStore.backup(store.config(), file);
        spec.commandLine().getOut().println("written: " + file);
    }
}
