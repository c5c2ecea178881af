package io.laneway.cli.table;

import io.laneway.cli.remote.Format;
import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code laneway table get}: YAML for people, so that what it prints can be applied again. */
@Command(
        name = "get",
        description = "Prints the table, as YAML unless -o json is given.",
        mixinStandardHelpOptions = true)
final class TableGetCommand implements Runnable {

    @Mixin
    private Remote remote;

    @Override
    public void run() {
        JsonObject table = remote.get("/v1/table");
        Format format = remote.format() == Format.json ? Format.json : Format.yaml;
        remote.println(format.show(table));
    }
}
