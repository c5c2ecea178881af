package io.laneway.cli.objects;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.DiffText;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway revisions diff N M}. */
@Command(
        name = "diff",
        description = "Shows what changed from one revision to another.",
        mixinStandardHelpOptions = true)
final class RevisionDiffVerb implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(index = "0", paramLabel = "N")
    private long from;

    @Parameters(index = "1", paramLabel = "M")
    private long to;

    @Override
    public void run() {
        JsonObject response =
                remote.get(ControlClient.path("revisions", Long.toString(from), "diff", Long.toString(to)));
        if (remote.format() == Format.table) {
            remote.println(DiffText.of(response));
        } else {
            remote.print(response);
        }
    }
}
