package io.laneway.replay.s3.credentials;

import io.laneway.replay.s3.CredentialsFile;
import io.laneway.replay.s3.S3Credentials;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credentials of a program as SDKs of AWS do, in their order: {@code AWS_ACCESS_KEY_ID} with {@code
 * AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}; {@code AWS_WEB_IDENTITY_TOKEN_FILE} with {@code AWS_ROLE_ARN}; the
 * profile {@code AWS_PROFILE} of {@code AWS_SHARED_CREDENTIALS_FILE} or {@code ~/.aws/credentials}; {@code
 * AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} or {@code …_FULL_URI}; the role of the instance. The first that is there is the
 * one, also where it fails. Stateless.
 */
public final class MachineCredentials {

    private static final URI ECS = URI.create("http://169.254.170.2");
    private static final String IMDS = "http://169.254.169.254";

    private final Map<String, String> environment;
    private final Path home;
    private final String region;
    private final Clock clock;

    private MachineCredentials(Map<String, String> environment, Path home, String region, Clock clock) {
        this.environment = environment;
        this.home = home;
        this.region = region;
        this.clock = clock;
    }

    /**
     * Asked for each call; blocks for seconds at most when credentials are fetched again. It fails with a {@link
     * java.io.UncheckedIOException} where they cannot be read or fetched.
     *
     * @param home of the user
     * @param region of the bucket, where the environment names none for STS
     * @throws IllegalArgumentException if a variable is wrong
     */
    public static Supplier<S3Credentials> of(Map<String, String> environment, Path home, String region, Clock clock) {
        return new MachineCredentials(environment, home, region, clock).find();
    }

    private Supplier<S3Credentials> find() {
        String key = text("AWS_ACCESS_KEY_ID");
        String secret = text("AWS_SECRET_ACCESS_KEY");
        if (!key.isEmpty() && !secret.isEmpty()) {
            S3Credentials who = new S3Credentials(key, secret, text("AWS_SESSION_TOKEN"));
            return () -> who;
        }
        CredentialSource identity = webIdentity();
        if (identity != null) {
            return new RenewedCredentials(identity, clock);
        }
        String profile = text("AWS_PROFILE");
        String named = text("AWS_SHARED_CREDENTIALS_FILE");
        Path file = named.isEmpty() ? home.resolve(".aws").resolve("credentials") : Path.of(named);
        if (!profile.isEmpty() || !named.isEmpty() || Files.exists(file)) {
            return new CredentialsFile(file, profile);
        }
        CredentialSource container = container();
        return new RenewedCredentials(container == null ? instance() : container, clock);
    }

    private @Nullable CredentialSource webIdentity() {
        String file = text("AWS_WEB_IDENTITY_TOKEN_FILE");
        String role = text("AWS_ROLE_ARN");
        if (file.isEmpty() || role.isEmpty()) {
            return null;
        }
        String session = text("AWS_ROLE_SESSION_NAME");
        return new WebIdentity(
                new CredentialCall(true), sts(), Path.of(file), role, session.isEmpty() ? "laneway" : session);
    }

    private URI sts() {
        for (String name : new String[] {"AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"}) {
            if (!text(name).isEmpty()) {
                return address(name);
            }
        }
        String own = text("AWS_REGION").isEmpty() ? text("AWS_DEFAULT_REGION") : text("AWS_REGION");
        return URI.create("https://sts." + (own.isEmpty() ? region : own) + ".amazonaws.com/");
    }

    private @Nullable CredentialSource container() {
        String relative = text("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String file = text("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
        if (relative.isEmpty() && text(full).isEmpty()) {
            return null;
        }
        return new ContainerCredentials(
                new CredentialCall(false),
                relative.isEmpty() ? address(full) : ECS.resolve(relative),
                text("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
                file.isEmpty() ? null : Path.of(file));
    }

    private CredentialSource instance() {
        String disabled = "AWS_EC2_METADATA_DISABLED";
        if (text(disabled).equalsIgnoreCase("true")) {
            throw new IllegalArgumentException("credentials: none in environment, profile and container, and "
                    + disabled + " is true (expected: credentials)");
        }
        String service = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
        return new InstanceCredentials(
                new CredentialCall(false), text(service).isEmpty() ? URI.create(IMDS) : address(service));
    }

    private URI address(String name) {
        try {
            URI address = URI.create(text(name));
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException(name + ": " + text(name) + " (expected: an address)");
    }

    private String text(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
