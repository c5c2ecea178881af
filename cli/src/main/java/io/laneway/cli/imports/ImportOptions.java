package io.laneway.cli.imports;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.router.check.TableCheck;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What all imports have in common: options, files, and what they print. Confined to one thread. */
final class ImportOptions {

    @Option(
            names = "--allow-partial",
            description = "Print the table, and end with 0, though lines were not taken or act differently")
    private boolean allowPartial;

    @Option(
            names = "--carrier",
            paramLabel = "KIND:NAME",
            description = "Where rules ask for a lane: header:NAME, query:NAME or cookie:NAME; repeatable."
                    + " By default what the rules themselves show")
    private List<String> carriers = new ArrayList<>();

    @Option(
            names = "--guards-elsewhere",
            description =
                    "Import what a guard protected that a table does not have as open, since the guard is elsewhere,"
                            + " such as in laneway.yaml; by default such requests are answered 403")
    private boolean guardsElsewhere;

    /** What was asked for. */
    Intent intent(CommandLine command) {
        for (String carrier : carriers) {
            if (!carrier.matches("(header|query|cookie):.+")) {
                throw new ParameterException(
                        command, "--carrier: '" + carrier + "' (expected: header:NAME, query:NAME or cookie:NAME)");
            }
        }
        return new Intent(new LinkedHashSet<>(carriers), guardsElsewhere);
    }

    static SourceFile file(Path path) {
        try {
            return new SourceFile(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailed(path + ": cannot be read: " + e.getMessage() + " (expected: a readable file)");
        }
    }

    static List<SourceFile> files(List<Path> paths) {
        return paths.stream().map(ImportOptions::file).toList();
    }

    /** Prints the report, and the table unless something is lost that was not allowed to be; the exit code. */
    int print(@Nullable Imported imported, Problems problems, CommandLine command) {
        PrintWriter err = command.getErr();
        problems.list().forEach(err::println);
        if (imported == null) {
            return ExitCode.SOFTWARE;
        }
        imported.notTaken().forEach(line -> err.println("not taken: " + line));
        imported.differences().forEach(line -> err.println("differs: " + line));
        imported.assumptions().forEach(line -> err.println("note: " + line));
        List<Problem> wrong = TableCheck.check(imported.table());
        wrong.forEach(line -> err.println("no valid table: " + line));
        boolean whole = imported.whole() && problems.isEmpty();
        if (!wrong.isEmpty() || !(whole || allowPartial)) {
            err.println("no table: "
                    + (wrong.size()
                            + imported.notTaken().size()
                            + imported.differences().size())
                    + " lines lost or different (expected: none, or --allow-partial)");
            return ExitCode.SOFTWARE;
        }
        command.getOut().print(TableWriter.yaml(imported.table()));
        command.getOut().flush();
        return ExitCode.OK;
    }
}
