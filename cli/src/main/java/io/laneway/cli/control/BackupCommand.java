package io.laneway.cli.control;

import io.laneway.cli.remote.Remote;
import io.laneway.control.store.ControlStore;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway control backup FILE}. */
@Command(
        name = "backup",
        description = "Writes the whole store to a file, which `laneway control restore` takes. Of the store itself"
                + " (--data, --postgres), or with --control or --context of a control API that runs, wherever it is.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "FILE", description = "a new file")
    private Path file;

    @Override
    public void run() {
        if (remote.said()) {
            if (store.said(spec)) {
                throw new ParameterException(
                        spec.commandLine(), "--control and a store: both given (expected: one place to copy from)");
            }
            remote.download("POST", "/v1/backup", file);
        } else {
            ControlStore.backup(store.config(), file);
        }
        spec.commandLine().getOut().println("written: " + file);
    }
}
