package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.RecordingsConfig;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.replay.file.RecordedDirectory;
import io.laneway.replay.record.DirectoryLimits;
import io.laneway.replay.record.RecordingDirectory;
import io.laneway.replay.s3.CredentialsFile;
import io.laneway.replay.s3.S3Bucket;
import io.laneway.replay.s3.S3Client;
import io.laneway.replay.s3.S3Credentials;
import io.laneway.replay.s3.S3Recordings;
import io.laneway.replay.s3.S3Sink;
import io.laneway.replay.s3.TrustedAuthorities;
import io.laneway.replay.s3.credentials.MachineCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where the recordings of a gateway go, as its configuration says. Stateless. */
final class Sinks {

    private static final long FILE_BYTES = 64L << 20;
    private static final long DIRECTORY_BYTES = 16L << 30;

    private Sinks() {}

    /**
     * The sinks of a gateway, null if it has neither a data directory nor another place.
     *
     * @throws StartFailure if the settings are wrong, or this distribution lacks what they need
     */
    static @Nullable RecordingStorage of(GatewayConfig config, Clock clock) {
        RecordingsConfig recordings = config.recordings();
        if (recordings == null) {
            return directory(config.data());
        }
        RecordingsConfig.S3 s3 = recordings.s3();
        RecordingsConfig.Kafka kafka = recordings.kafka();
        try {
            return s3 != null ? bucket(s3, clock) : kafka != null ? topic(kafka) : null;
        } catch (IllegalArgumentException | IOException e) {
            throw new StartFailure("recordings." + (s3 == null ? "kafka" : "s3"), e);
        }
    }

    private static @Nullable RecordingStorage directory(@Nullable Path data) {
        if (data == null) {
            return null;
        }
        Path to = data.resolve("recordings");
        return new RecordingStorage(
                (header, max, listener) -> new RecordingDirectory(
                        to, header, new DirectoryLimits(FILE_BYTES, max, DIRECTORY_BYTES), listener),
                (recording, gateway) -> new RecordedDirectory(to.resolve(recording)));
    }

    private static RecordingStorage bucket(RecordingsConfig.S3 s3, Clock clock) throws IOException {
        S3Bucket bucket = new S3Bucket(
                s3.endpoint() == null ? S3Bucket.aws(s3.region()) : s3.endpoint(),
                s3.region(),
                s3.bucket(),
                s3.pathStyle());
        SSLContext tls = s3.ca() == null ? null : TrustedAuthorities.of(s3.ca());
        S3Client client = new S3Client(bucket, credentials(s3, clock), tls, clock);
        return new RecordingStorage(
                (header, max, listener) -> new S3Sink(client, s3.prefix(), header, max, listener),
                (recording, gateway) ->
                        new S3Recordings(client, s3.prefix() + recording + "/" + gateway + "/", recording));
    }

    private static Supplier<S3Credentials> credentials(RecordingsConfig.S3 s3, Clock clock) {
        RecordingsConfig.Login login = s3.login();
        if (login.ofMachine()) {
            Path home = Path.of(System.getProperty("user.home", "."));
            return MachineCredentials.of(System.getenv(), home, s3.region(), clock);
        }
        if (login.file() != null) {
            return new CredentialsFile(login.file());
        }
        S3Credentials keys = new S3Credentials(login.accessKey(), login.secretKey(), login.session());
        return () -> keys;
    }

    private static RecordingStorage topic(RecordingsConfig.Kafka kafka) {
        TopicSinks sinks = ServiceLoader.load(TopicSinks.class)
                .findFirst()
                .orElseThrow(() -> new StartFailure(
                        "recordings.kafka: this distribution has no client of Kafka (expected: laneway, or"
                                + " recordings.s3)",
                        null));
        return new RecordingStorage(sinks.open(kafka), (recording, gateway) -> sinks.kept(kafka, recording, gateway));
    }
}
