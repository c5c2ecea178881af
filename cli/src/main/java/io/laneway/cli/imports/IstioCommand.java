package io.laneway.cli.imports;

import io.laneway.k8s.imports.istio.IstioImport;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.router.document.tree.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway import istio FILES}. */
@Command(
        name = "istio",
        description =
                "Prints the lane table of Istio's VirtualServices, DestinationRules and Gateways. Each line that is"
                        + " not in it, or acts differently, goes to standard error with its place, and makes the exit code"
                        + " 1 without a table.",
        mixinStandardHelpOptions = true)
final class IstioCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ImportOptions options;

    @Parameters(
            paramLabel = "FILES",
            arity = "1..*",
            description = "YAML or JSON with the objects, such as of kubectl get -o yaml")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        Problems problems = Problems.strict();
        Imported imported = IstioImport.read(ImportOptions.files(files), options.intent(spec.commandLine()), problems);
        return options.print(imported, problems, spec.commandLine());
    }
}
