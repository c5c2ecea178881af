package io.laneway.cli.imports;

import io.laneway.k8s.imports.envoy.EnvoyImport;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway import envoy FILE}. */
@Command(
        name = "envoy",
        description = "Prints the lane table of an Envoy's configuration. Each line that is not in it, or acts"
                + " differently, goes to standard error with its place, and makes the exit code 1 without a table.",
        mixinStandardHelpOptions = true)
final class EnvoyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ImportOptions options;

    @Option(
            names = "--listener",
            paramLabel = "NAME",
            description = "Only this listener of several; repeatable. By default all")
    private Set<String> listeners = new LinkedHashSet<>();

    @Parameters(
            paramLabel = "FILE",
            description = "YAML or JSON: a bootstrap, a config dump, a listener or a route configuration")
    private Path file;

    @Override
    public Integer call() {
        Problems problems = Problems.strict();
        Imported imported =
                EnvoyImport.read(ImportOptions.file(file), options.intent(spec.commandLine()), listeners, problems);
        return options.print(imported, problems, spec.commandLine());
    }
}
