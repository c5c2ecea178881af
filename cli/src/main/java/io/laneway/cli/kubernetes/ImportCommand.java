package io.laneway.cli.kubernetes;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.k8s.envoy.EnvoyImport;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway import}: turns the configuration of other proxies into a lane table. */
@Command(
        name = "import",
        description = "Turns another proxy's configuration into a lane table.",
        mixinStandardHelpOptions = true,
        subcommands = ImportCommand.Envoy.class)
final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no source (expected: envoy)");
    }

    /** {@code laneway import envoy FILE}. */
    @Command(
            name = "envoy",
            description = "Prints the lane table of an Envoy route configuration; rules that it cannot express go to"
                    + " standard error with their line, and make the exit code 1.",
            mixinStandardHelpOptions = true)
    static final class Envoy implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "YAML or JSON: a bootstrap, a listener or a route configuration")
        private Path file;

        @Override
        public Integer call() {
            Problems problems = Problems.strict();
            EnvoyImport.Imported imported = EnvoyImport.read(read(), file.toString(), problems);
            PrintWriter err = spec.commandLine().getErr();
            problems.list().forEach(err::println);
            if (imported == null) {
                return ExitCode.SOFTWARE;
            }
            for (Problem rule : imported.unexpressed()) {
                err.println("not expressed: " + rule);
            }
            for (Problem rule : imported.differences()) {
                err.println("differs: " + rule);
            }
            spec.commandLine().getOut().print(TableWriter.yaml(imported.table()));
            spec.commandLine().getOut().flush();
            return imported.unexpressed().isEmpty() && problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }

        private byte[] read() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new CommandFailed(file + ": cannot be read: " + e.getMessage() + " (expected: a readable file)");
            }
        }
    }
}
