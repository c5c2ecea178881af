package io.laneway.cli.command;

import io.laneway.cli.remote.Remote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway audit}. */
@Command(
        name = "audit",
        description = "Lists who made and revoked which token, and what else is in no revision.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Override
    public void run() {
        remote.show("/v1/audit", "at", "who", "action", "subject", "detail", "why");
    }
}
