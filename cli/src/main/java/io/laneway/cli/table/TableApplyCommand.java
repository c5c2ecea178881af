package io.laneway.cli.table;

import io.laneway.cli.remote.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code laneway table apply -f DIR [--prune]}. */
@Command(
        name = "apply",
        description = "Puts all objects of the files, all or nothing; with --prune the files are the whole table.",
        mixinStandardHelpOptions = true)
final class TableApplyCommand implements Runnable {

    @Mixin
    private Change change;

    @Mixin
    private Parts parts;

    @Option(names = "--prune", description = "delete what is not in the files, and name it on standard error")
    private boolean prune;

    @Override
    public void run() {
        if (prune) {
            String table = parts.table().encode();
            if (!change.dryRun()) {
                Pruned.say(change.remote(), table);
            }
            change.make("PUT", "/v1/table", table);
        } else {
            change.make("POST", "/v1/apply", parts.table().encode());
        }
    }
}
