package io.laneway.cli.diff;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.Remote;
import io.laneway.cli.replays.RulesFile;
import io.laneway.gateway.server.replay.ComparisonRules;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.JsonReport;
import io.laneway.replay.diff.report.JunitReport;
import io.laneway.replay.diff.report.TextReport;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.file.Tail;
import io.laneway.replay.result.LaneShare;
import io.laneway.replay.run.Compared;
import io.laneway.replay.run.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway diff RESULTS}: whether a lane's responses are base's. */
@Command(
        name = "diff",
        description =
                "Compares what a replay got from base, from base again and from a lane. What differs between base and"
                        + " base is noise; reported is what differs at the lane beyond it. Exit codes: 0 alike, 1 differs,"
                        + " 2 could not run, as where the lane served none of the requests.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

    private static final int ALIKE = 0;
    private static final int DIFFERS = 1;
    private static final int COULD_NOT_RUN = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RESULTS", description = "what `laneway replay --against` wrote")
    private Path file;

    @Option(
            names = {"--rules", "--ignore"},
            paramLabel = "FILE",
            description = "YAML with what is not compared, tolerances, and keys of lists")
    private @Nullable Path rules;

    @Option(
            names = "--descriptors",
            paramLabel = "FILE",
            description =
                    "a descriptor set of protobuf (protoc --include_imports --descriptor_set_out): messages of gRPC"
                            + " are compared by field")
    private @Nullable Path descriptors;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: text)")
    private DiffFormat format = DiffFormat.TEXT;

    @Option(
            names = "--chains",
            description = "after the text, ask the control API who failed first of the requests that show a difference;"
                    + " gateways remember the latest requests")
    private boolean chains;

    @Mixin
    private Remote remote;

    @Override
    public Integer call() {
        try {
            DiffReport report = compare();
            write(report, spec.commandLine().getOut());
            if (chains && format == DiffFormat.TEXT) {
                chains(report);
            }
            return report.differs() ? DIFFERS : ALIKE;
        } catch (IOException | CommandFailed e) {
            spec.commandLine().getErr().println("laneway: " + e.getMessage());
            return COULD_NOT_RUN;
        }
    }

    /** What cannot be asked does not change what differs. */
    private void chains(DiffReport report) throws IOException {
        try {
            new ExampleChains(file, remote).print(report, spec.commandLine().getOut());
        } catch (CallFailed | CommandFailed e) {
            spec.commandLine().getErr().println("laneway: --chains: " + e.getMessage());
        }
    }

    private DiffReport compare() throws IOException {
        DiffRules compareBy = rules == null ? DiffRules.NONE : ComparisonRules.of(RulesFile.read(rules));
        ProtoReader messages = descriptors == null ? null : DescriptorFile.read(descriptors);
        Compared compared = new Results(file).compare(compareBy, messages);
        if (!compared.problem().isEmpty()) {
            throw new CommandFailed(file + ": " + compared.problem());
        }
        note(compared.lane(), compared.tail());
        if (compared.left() > 0) {
            spec.commandLine()
                    .getErr()
                    .println(file + ": " + compared.left() + " requests without three sides were left out");
        }
        if (messages != null && !messages.unknown().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(descriptors + ": does not have the method of " + String.join(", ", messages.unknown())
                            + " (their messages are compared as bytes)");
        }
        return compared.report();
    }

    private void note(LaneShare lane, @Nullable Tail tail) {
        PrintWriter err = spec.commandLine().getErr();
        if (tail != null) {
            err.println(file + ": " + tail);
        }
        if (lane.isKnown()) {
            err.println(file + ": " + lane);
        }
    }

    private void write(DiffReport report, PrintWriter out) throws IOException {
        switch (format) {
            case TEXT -> TextReport.write(report, out);
            case JSON -> JsonReport.write(report, out);
            case JUNIT -> JunitReport.write(report, out);
        }
    }
}
