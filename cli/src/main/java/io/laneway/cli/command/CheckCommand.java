package io.laneway.cli.command;

import io.laneway.cli.check.GatewayCheck;
import io.laneway.cli.check.TableWarnings;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway check FILE}: every problem of a table or gateway configuration, one a line. */
@Command(
        name = "check",
        description =
                "Checks a lane table or a gateway configuration with the files that it names; a file with `listeners` is"
                        + " the latter. Warnings go to standard error and do not fail.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON")
    private Path file;

    @Override
    public Integer call() {
        Problems problems = Problems.strict();
        byte[] bytes = read();
        Node node = Documents.parse(bytes, file.toString(), problems);
        if (node != null) {
            check(node, bytes, problems);
        }
        for (Problem problem : problems.list()) {
            spec.commandLine().getOut().println(problem);
        }
        for (Problem warning : problems.warnings()) {
            spec.commandLine().getErr().println(warning);
        }
        if (problems.isEmpty()) {
            spec.commandLine().getErr().println(file + ": no problems");
        }
        return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailed(file + ": cannot be read: " + e.getMessage() + " (expected: a readable file)");
        }
    }

    private void check(Node node, byte[] bytes, Problems problems) {
        if (node instanceof Mapping mapping && mapping.members().containsKey("listeners")) {
            ConfigReader.Result read = ConfigReader.read(bytes, file, System.getenv());
            problems.addAll(read.problems());
            if (read.config() != null) {
                GatewayCheck.add(read.config(), node, problems);
            }
        } else {
            LaneTable table = TableReader.table(node, problems);
            if (table != null) {
                TableWarnings.add(table, node, problems);
            }
        }
    }
}
