package io.laneway.cli.record;

import io.laneway.replay.s3.CredentialsFile;
import io.laneway.replay.s3.S3Bucket;
import io.laneway.replay.s3.S3Client;
import io.laneway.replay.s3.S3Credentials;
import io.laneway.replay.s3.TrustedAuthorities;
import io.laneway.replay.s3.credentials.MachineCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a bucket is, and as whom it is read. */
final class BucketOptions {

    @Option(names = "--endpoint", paramLabel = "URL", description = "of the store (default: that of AWS)")
    private @Nullable URI endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "of the bucket (default: ${DEFAULT-VALUE})",
            defaultValue = S3Bucket.DEFAULT_REGION)
    private String region;

    @Option(names = "--host-style", description = "the bucket is in the host's name, also with --endpoint")
    private boolean hostStyle;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "as ~/.aws/credentials (default: as SDKs of AWS find them: AWS_* variables, web identity,"
                    + " that file, container, instance)")
    private @Nullable Path credentials;

    @Option(names = "--store-ca", paramLabel = "FILE", description = "authorities of the store in PEM")
    private @Nullable Path ca;

    S3Client client(String bucket) throws IOException {
        URI store = endpoint == null ? S3Bucket.aws(region) : endpoint;
        return new S3Client(
                new S3Bucket(store, region, bucket, endpoint != null && !hostStyle),
                who(),
                ca == null ? null : TrustedAuthorities.of(ca),
                Clock.systemUTC());
    }

    private Supplier<S3Credentials> who() {
        return credentials == null
                ? MachineCredentials.of(
                        System.getenv(), Path.of(System.getProperty("user.home", ".")), region, Clock.systemUTC())
                : new CredentialsFile(credentials);
    }
}
