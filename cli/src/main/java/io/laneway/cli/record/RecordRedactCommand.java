package io.laneway.cli.record;

import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordingHeader;
import io.laneway.replay.redact.FileRedaction;
import io.laneway.replay.redact.Pseudonyms;
import io.laneway.replay.redact.RedactionRules;
import io.laneway.replay.redact.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway record redact FILE --to FILE}: a recording without the secrets of a file. */
@Command(
        name = "redact",
        description =
                "Writes a recording of a file's requests with pseudonyms in place of their secrets, under a key that"
                        + " is kept nowhere. An HTTP Archive of a browser becomes a recording.",
        mixinStandardHelpOptions = true)
final class RecordRedactCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a recording or an HTTP Archive")
    private Path file;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "a new file, such as orders.jsonl.gz")
    private Path to;

    @Mixin
    private RedactionOptions options;

    @Override
    public Integer call() throws IOException {
        FileRedaction redaction = new FileRedaction(Redactor.again(rules(), Pseudonyms.random()));
        try (RecordFile records = RecordFile.open(file)) {
            RecordingHeader header = new RecordingHeader(records.name(), "", Instant.now(), true);
            RecordingWriter writer = RecordingWriter.create(to, header);
            try (writer) {
                redact(records, redaction, writer);
            } catch (IOException e) {
                Files.delete(to);
                throw e;
            }
        }
        return ExitCode.OK;
    }

    private void redact(RecordFile records, FileRedaction redaction, RecordingWriter writer) throws IOException {
        long requests = 0;
        for (RecordedExchange next = records.next(); next != null; next = records.next()) {
            writer.write(redaction.redact(next));
            requests += next.requests();
        }
        if (records.tail() != null) {
            spec.commandLine().getErr().println(file + ": " + records.tail());
        }
        spec.commandLine().getErr().println(to + ": " + requests + " requests");
    }

    private RedactionRules rules() {
        try {
            return options.rules();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }
}
