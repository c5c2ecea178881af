package io.laneway.cli.record;

import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedExchange;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway record show FILE}: a line a request, or one request whole. */
@Command(
        name = "show",
        description = "Shows the requests of a file, a line each, or whole those with an id. Fails if there is none.",
        mixinStandardHelpOptions = true)
final class RecordShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a recording or an HTTP Archive")
    private Path file;

    @Option(names = "--id", description = "whole, those with this request id or trace id")
    private String id;

    @Option(
            names = {"-o", "--output"},
            description =
                    "${COMPLETION-CANDIDATES}; json is a line each, as in a recording (default: ${DEFAULT-VALUE})",
            defaultValue = "table")
    private Output output;

    /** How a request is shown. */
    enum Output {
        table,
        json
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long shown = 0;
        try (RecordFile records = RecordFile.open(file)) {
            for (RecordedExchange next = records.next(); next != null; next = records.next()) {
                if (id == null || next.id().equals(id) || next.trace().equals(id)) {
                    out.println(text(next));
                    shown++;
                }
            }
            if (records.tail() != null) {
                spec.commandLine().getErr().println(file + ": " + records.tail());
            }
        }
        out.flush();
        if (shown == 0) {
            spec.commandLine().getErr().println(file + ": no request" + (id == null ? "" : " with this id"));
        }
        return shown == 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private String text(RecordedExchange exchange) throws IOException {
        if (output == Output.table && id == null) {
            return RecordText.line(exchange);
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        LineWriter.exchange(exchange, line);
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        return output == Output.json ? text : new JsonObject(text).encodePrettily();
    }
}
