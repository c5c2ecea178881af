package io.laneway.cli.command;

import io.laneway.cli.remote.Remote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway lint}. */
@Command(name = "lint", description = "Shows what looks wrong in the table.", mixinStandardHelpOptions = true)
final class LintCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.show("/v1/lint", "rule", "subject", "message");
    }
}
