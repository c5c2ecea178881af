package io.laneway.cli.table;

import io.laneway.cli.remote.DiffText;
import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway table diff -f DIR [--prune]}. */
@Command(
        name = "diff",
        description = "Shows what `apply` would change; 0 when nothing, 1 when something, as diff does.",
        mixinStandardHelpOptions = true)
final class TableDiffCommand implements Callable<Integer> {

    @Mixin
    private Remote remote;

    @Mixin
    private Parts parts;

    @Option(names = "--prune", description = "with what `apply --prune` would delete")
    private boolean prune;

    @Override
    public Integer call() {
        String method = prune ? "PUT" : "POST";
        String path = prune ? "/v1/table" : "/v1/apply";
        JsonObject response = (JsonObject)
                remote.ask(method, path + "?dryRun=true", parts.table().encode());
        if (remote.format() == Format.table) {
            remote.println(DiffText.of(response));
        } else {
            remote.print(response);
        }
        return response.getBoolean("changed", false) ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
