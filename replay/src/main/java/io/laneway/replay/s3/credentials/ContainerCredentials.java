package io.laneway.replay.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of a task of ECS or a pod of EKS (Pod Identity), from an agent on the machine. Immutable.
 *
 * @param token sent as {@code Authorization}; empty for none
 * @param file that has it, read each time; null for none
 */
record ContainerCredentials(
        CredentialCall call,
        URI address,
        String token,
        @Nullable Path file) implements CredentialSource {

    private static final String WHAT = "credentials of the container";

    /** What SDKs let an address without TLS be of. */
    private static final Set<String> LOCAL =
            Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]");

    ContainerCredentials {
        boolean tls = "https".equals(address.getScheme());
        boolean local = "http".equals(address.getScheme()) && LOCAL.contains(String.valueOf(address.getHost()));
        if (!tls && !local) {
            throw new IllegalArgumentException("AWS_CONTAINER_CREDENTIALS_FULL_URI: " + address
                    + " (expected: https, or an address of this machine)");
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "ContainerCredentials[address=" + address + ", file=" + file + "]";
    }

    @Override
    public Temporary fetch() throws IOException {
        HttpRequest.Builder request = CredentialCall.request(address);
        try {
            String said = file == null
                    ? token
                    : Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!said.isEmpty()) {
                request.header("Authorization", said);
            }
        } catch (IOException e) {
            throw new IOException(WHAT + ": " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(WHAT + ": its token is no value of a header", e);
        }
        return CredentialCall.read(WHAT, call.send(WHAT, request.build()));
    }
}
