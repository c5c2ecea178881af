package io.laneway.gateway.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where recordings go, if not into the data directory: one of both. Immutable. docs/reference/configuration.md#recordings.
 */
public record RecordingsConfig(@Nullable S3 s3, @Nullable Kafka kafka) {

    public RecordingsConfig {
        if ((s3 == null) == (kafka == null)) {
            throw new IllegalArgumentException("s3, kafka: both or none (expected: one)");
        }
    }

    /**
     * A bucket.
     *
     * @param endpoint  of the store; null for that of AWS in the region
     * @param prefix    of the objects' keys, with a slash at its end; empty for none
     * @param pathStyle whether the bucket is in the path, and not in the host's name
     * @param login     as whom the gateway writes
     * @param ca        authorities to trust (PEM), null for the JVM's
     */
    public record S3(
            String bucket,
            @Nullable URI endpoint,
            String region,
            String prefix,
            boolean pathStyle,
            Login login,
            @Nullable Path ca) {

        public static final String DEFAULT_REGION = "us-east-1";

        public S3 {
            if (bucket.isBlank()) {
                throw new IllegalArgumentException("bucket: '' (expected: the name of a bucket)");
            }
            prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        }
    }

    /**
     * As whom a gateway writes to a bucket: keys, a file that has them, or neither, for what the machine has. Immutable.
     *
     * @param session a token of temporary credentials; empty for none
     * @param file    read for each call, null for none
     */
    public record Login(
            String accessKey,
            String secretKey,
            String session,
            @Nullable Path file) {

        public Login {
            if (accessKey.isEmpty() != secretKey.isEmpty()) {
                throw new IllegalArgumentException("accessKey, secretKey: one alone (expected: both or none)");
            }
            if (!accessKey.isEmpty() && file != null) {
                throw new IllegalArgumentException(
                        "accessKey and secretKey, credentials: both (expected: keys, a file that has them, or"
                                + " neither)");
            }
        }

        /** Whether it is that of the machine. */
        public boolean ofMachine() {
            return accessKey.isEmpty() && file == null;
        }

        @Override
        public String toString() {
            return "Login[accessKey=" + accessKey + ", file=" + file + "]";
        }
    }

    /**
     * A topic.
     *
     * @param servers    {@code bootstrap.servers}
     * @param properties further properties of the client
     */
    public record Kafka(String servers, String topic, Map<String, String> properties) {

        public static final String DEFAULT_TOPIC = "laneway-recordings";

        public Kafka {
            if (servers.isBlank() || topic.isBlank()) {
                throw new IllegalArgumentException("kafka: servers or topic is empty (expected: both)");
            }
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Kafka[servers=" + servers + ", topic=" + topic + ", properties=" + properties.keySet() + "]";
        }
    }
}
