package io.laneway.cli.objects;

import io.laneway.cli.remote.Change;
import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway revisions restore N}. */
@Command(
        name = "restore",
        description = "Makes the table of a revision the newest one.",
        mixinStandardHelpOptions = true)
final class RevisionRestoreVerb implements Runnable {

    @Mixin
    private Change change;

    @Parameters(paramLabel = "N")
    private long revision;

    @Override
    public void run() {
        String path = ControlClient.path("revisions", Long.toString(revision), "restore");
        change.make("POST", path, "{}");
    }
}
