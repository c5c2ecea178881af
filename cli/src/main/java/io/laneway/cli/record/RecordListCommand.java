package io.laneway.cli.record;

import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code laneway record list}. */
@Command(
        name = "list",
        description =
                "Lists recordings that run, and those that ended within a day, with what gateways kept and dropped of"
                        + " the requests that matched; of one recording a line for each gateway.",
        mixinStandardHelpOptions = true)
final class RecordListCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "one recording, by gateway")
    private @Nullable String name;

    @Override
    public void run() {
        if (name != null) {
            remote.show(ControlClient.path("recordings", name), "gateway", "open", "matched", "kept", "dropped");
            return;
        }
        remote.show(
                ControlClient.path("recordings"),
                "name",
                "state",
                "service",
                "lane",
                "path",
                "share",
                "from",
                "until",
                "counts.kept",
                "counts.dropped");
    }
}
