package io.laneway.cli.record;

import io.laneway.cli.messages.RecordedTopic;
import io.laneway.kafka.recording.RecordingTopic;
import io.laneway.replay.file.RecordedSource;
import io.laneway.replay.s3.S3Recordings;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where gateways recorded, if not into files: a bucket or a topic. */
final class SinkOptions {

    /** What a source is written as. */
    static final String FORM = "s3://BUCKET[/PREFIX] or kafka://HOST:PORT[,HOST:PORT]/TOPIC";

    private static final String S3 = "s3://";
    private static final String KAFKA = "kafka://";

    @Option(
            names = "--recording",
            paramLabel = "NAME",
            description = "of a bucket or a topic only requests of this recording (default: of any)")
    private @Nullable String recording;

    @Mixin
    private BucketOptions bucket;

    @Option(names = "--property", paramLabel = "KEY=VALUE", description = "of the Kafka client, such as those of TLS")
    private Map<String, String> properties = Map.of();

    /** Whether it is a bucket or a topic. */
    static boolean isOne(String source) {
        return source.startsWith(S3) || source.startsWith(KAFKA);
    }

    /** The recording that is wanted, null for any. */
    @Nullable
    String recording() {
        return recording;
    }

    /**
     * The requests of a source.
     *
     * @throws IllegalArgumentException if it is none, or an option is wrong
     */
    RecordedSource of(String source) throws IOException {
        int slash = source.indexOf('/', source.indexOf("://") + "://".length());
        if (source.startsWith(S3)) {
            String name = source.substring(S3.length(), slash < 0 ? source.length() : slash);
            String prefix = slash < 0 ? "" : source.substring(slash + 1);
            return new S3Recordings(bucket.client(name), prefix, recording);
        }
        if (source.startsWith(KAFKA) && slash > 0) {
            String servers = source.substring(KAFKA.length(), slash);
            return new RecordedTopic(
                    new RecordingTopic(servers, source.substring(slash + 1), properties), recording, null);
        }
        throw new IllegalArgumentException(source + " (expected: " + FORM + ")");
    }
}
