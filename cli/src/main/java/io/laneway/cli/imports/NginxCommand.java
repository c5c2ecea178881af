package io.laneway.cli.imports;

import io.laneway.k8s.imports.nginx.NginxImport;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway import nginx FILE}. */
@Command(
        name = "nginx",
        description =
                "Prints the lane table of an nginx whose maps and split_clients choose the upstream. Each line that is"
                        + " not in it, or acts differently, goes to standard error with its place, and makes the exit code"
                        + " 1 without a table.",
        mixinStandardHelpOptions = true)
final class NginxCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ImportOptions options;

    @Parameters(paramLabel = "FILE", description = "nginx.conf, or a file that it includes")
    private Path file;

    @Override
    public Integer call() {
        Problems problems = Problems.strict();
        Imported imported = NginxImport.read(ImportOptions.file(file), options.intent(spec.commandLine()), problems);
        return options.print(imported, problems, spec.commandLine());
    }
}
