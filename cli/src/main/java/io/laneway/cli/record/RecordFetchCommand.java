package io.laneway.cli.record;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laneway record fetch SOURCE --to FILE}: a file of what gateways recorded into a bucket or a topic. */
@Command(
        name = "fetch",
        description =
                "Writes a file of what gateways recorded into a bucket or a topic, for the commands that read files."
                        + " Of a topic all that is there when it begins.",
        mixinStandardHelpOptions = true)
final class RecordFetchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = SinkOptions.FORM)
    private String source;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "a new file, such as orders.jsonl.gz")
    private Path to;

    @Mixin
    private SinkOptions sink;

    @Override
    public Integer call() throws IOException {
        RecordedSource fetched = fetched();
        String recording = sink.recording();
        RecordingHeader header = new RecordingHeader(recording == null ? "" : recording, "", Instant.now(), true);
        AtomicLong requests = new AtomicLong();
        RecordingWriter writer = RecordingWriter.create(to, header);
        try (writer) {
            fetched.read(exchange -> {
                writer.write(exchange);
                requests.addAndGet(exchange.requests());
            });
        } catch (IOException e) {
            Files.delete(to);
            throw new CommandFailed(source + ": " + (e.getMessage() == null ? e : e.getMessage()));
        } catch (RuntimeException e) {
            Files.delete(to);
            throw e;
        }
        if (requests.get() == 0) {
            Files.delete(to);
            throw new CommandFailed(source + ": no requests" + (recording == null ? "" : " of recording " + recording)
                    + " (expected: what gateways recorded)");
        }
        spec.commandLine().getErr().println(to + ": " + requests + " requests");
        return ExitCode.OK;
    }

    private RecordedSource fetched() throws IOException {
        try {
            return sink.of(source);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "SOURCE: " + e.getMessage(), e);
        }
    }
}
