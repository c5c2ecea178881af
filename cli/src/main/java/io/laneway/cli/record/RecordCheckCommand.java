package io.laneway.cli.record;

import io.laneway.cli.requests.Story;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.secret.Finding;
import io.laneway.replay.secret.SecretScan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway record check FILE}: whether it can be read, and what in it looks like a secret. */
@Command(
        name = "check",
        description =
                "Reads a file whole and says whether it is as it was written; with --secrets also what looks like a"
                        + " secret nevertheless, a line each and never the secret itself. Fails if there is any, and"
                        + " where the file ends within a gzip member.",
        mixinStandardHelpOptions = true)
final class RecordCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a recording or an HTTP Archive")
    private Path file;

    @Option(names = "--secrets", description = "look for secrets")
    private boolean secrets;

    @Option(names = "--keep", paramLabel = "NAME", description = "a name that only looks as if it were a secret's")
    private List<String> keep = List.of();

    @Override
    public Integer call() throws IOException {
        SecretScan scan = new SecretScan(keep);
        long requests = 0;
        long findings = 0;
        boolean whole;
        try (RecordFile records = RecordFile.open(file)) {
            for (RecordedExchange next = records.next(); next != null; next = records.next()) {
                requests += next.requests();
                findings += secrets ? print(records.line(), scan.findings(next)) : 0;
            }
            PrintWriter err = spec.commandLine().getErr();
            whole = records.tail() == null;
            if (!whole) {
                err.println(file + ": " + records.tail());
            }
            err.println(file + ": " + requests + " requests" + (secrets ? ", " + findings + " findings" : ""));
        }
        return findings > 0 || !whole ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private long print(long line, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : findings) {
            out.println(file + ":" + line + ": " + Story.printable(finding.place()) + ": " + finding.what()
                    + " (expected: a pseudonym)");
        }
        return findings.size();
    }
}
