package io.laneway.cli.control;

import io.laneway.control.store.ControlStore;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway control restore FILE}. */
@Command(
        name = "restore",
        description = "Replaces the whole store by a backup; stop the control API first. Gateways follow it once"
                + " `laneway control accept` was said.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Parameters(paramLabel = "FILE", description = "written by backup")
    private Path file;

    @Override
    public void run() {
        try (ControlStore opened = ControlStore.open(store.config(), Clock.systemUTC())) {
            opened.restore(file);
            spec.commandLine()
                    .getOut()
                    .println("restored as store " + opened.identity().id());
        }
    }
}
