package io.laneway.cli.command;

import io.laneway.cli.remote.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laneway revisions restore N}. */
@Command(
        name = "restore",
        description = "Makes the table of a revision the newest one.",
        mixinStandardHelpOptions = true)
final class RevisionRestoreVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "N")
    private long revision;

    @Option(names = "--dry-run", description = "show what would change, change nothing")
    private boolean dryRun;

    @Override
    public void run() {
        String path = ControlClient.path("revisions", Long.toString(revision), "restore");
        remote.call("POST", path + (dryRun ? "?dryRun=true" : ""), "{}");
    }
}
