package io.laneway.cli.record;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.kafka.recording.RecordingTopic;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.RecordingHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    private static final String S3 = "s3://";
    private static final String KAFKA = "kafka://";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "s3://BUCKET[/PREFIX] or kafka://HOST:PORT[,HOST:PORT]/TOPIC")
    private String source;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "a new file, such as orders.jsonl.gz")
    private Path to;

    @Option(
            names = "--recording",
            paramLabel = "NAME",
            description = "only requests of this recording (default: of any)")
    private @Nullable String recording;

    @Mixin
    private BucketOptions bucket;

    @Option(names = "--property", paramLabel = "KEY=VALUE", description = "of the Kafka client, such as those of TLS")
    private Map<String, String> properties = Map.of();

    @Override
    public Integer call() throws IOException {
        FetchedRecording fetched = fetched();
        RecordingHeader header = new RecordingHeader(recording == null ? "" : recording, "", Instant.now(), true);
        long requests;
        RecordingWriter writer = RecordingWriter.create(to, header);
        try (writer) {
            requests = fetched.writeTo(writer);
        } catch (IOException e) {
            Files.delete(to);
            throw new CommandFailed(source + ": " + (e.getMessage() == null ? e : e.getMessage()));
        } catch (RuntimeException e) {
            Files.delete(to);
            throw e;
        }
        if (requests == 0) {
            Files.delete(to);
            throw new CommandFailed(source + ": no requests" + (recording == null ? "" : " of recording " + recording)
                    + " (expected: what gateways recorded)");
        }
        spec.commandLine().getErr().println(to + ": " + requests + " requests");
        return ExitCode.OK;
    }

    private FetchedRecording fetched() throws IOException {
        int slash = source.indexOf('/', source.indexOf("://") + "://".length());
        try {
            if (source.startsWith(S3)) {
                String name = source.substring(S3.length(), slash < 0 ? source.length() : slash);
                return new FetchedObjects(bucket.client(name), slash < 0 ? "" : source.substring(slash + 1), recording);
            }
            if (source.startsWith(KAFKA) && slash > 0) {
                String servers = source.substring(KAFKA.length(), slash);
                return new FetchedTopic(
                        new RecordingTopic(servers, source.substring(slash + 1), properties), recording);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        throw new ParameterException(
                spec.commandLine(),
                "SOURCE: " + source + " (expected: s3://BUCKET[/PREFIX] or kafka://HOST:PORT/TOPIC)");
    }
}
