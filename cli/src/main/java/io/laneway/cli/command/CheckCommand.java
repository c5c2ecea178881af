package io.laneway.cli.command;

import io.laneway.cli.check.GatewayCheck;
import io.laneway.cli.check.TableFileCheck;
import io.laneway.cli.check.Unchecked;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
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
                "Checks a lane table or a gateway configuration with the files that it names; a file with `listeners`"
                        + " is the latter. Warnings go to standard error and do not fail, as does what problems kept from"
                        + " being checked.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON")
    private Path file;

    @Override
    public Integer call() {
        Problems problems = Problems.strict();
        Unchecked unchecked = new Unchecked();
        byte[] bytes = read();
        Node node = Documents.parse(bytes, file.toString(), problems);
        if (node == null) {
            unchecked.add("the document, which cannot be read");
        } else {
            check(node, bytes, problems, unchecked);
        }
        for (Problem problem : problems.list()) {
            spec.commandLine().getOut().println(problem);
        }
        for (Problem warning : problems.warnings()) {
            spec.commandLine().getErr().println(warning);
        }
        if (!unchecked.isEmpty()) {
            spec.commandLine().getErr().println(file + ": " + unchecked);
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

    private void check(Node node, byte[] bytes, Problems problems, Unchecked unchecked) {
        if (node instanceof Mapping mapping && mapping.members().containsKey("listeners")) {
            ConfigReader.Result read = ConfigReader.read(bytes, file, System.getenv());
            Path absolute = file.toAbsolutePath();
            GatewayCheck.add(read, node, absolute.resolveSibling(""), problems, unchecked);
        } else {
            TableFileCheck.table(node, problems, unchecked);
        }
    }
}
