package io.laneway.replay.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Credentials of the role of a machine of EC2, by its metadata service, version 2 (IMDSv2). Immutable. */
record InstanceCredentials(CredentialCall call, URI service) implements CredentialSource {

    private static final String WHAT = "credentials of the instance";
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private static final String SECONDS = "21600";

    @Override
    public Temporary fetch() throws IOException {
        String token = call.send(
                WHAT,
                CredentialCall.request(at("/latest/api/token"))
                        .header("X-aws-ec2-metadata-token-ttl-seconds", SECONDS)
                        .PUT(BodyPublishers.noBody())
                        .build());
        String role = call.send(WHAT, get(ROLES, token))
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        if (role.isEmpty()) {
            throw new IOException(WHAT + ": " + service + " names no role (expected: a role of the instance)");
        }
        return CredentialCall.read(WHAT, call.send(WHAT, get(ROLES + role, token)));
    }

    private HttpRequest get(String path, String token) throws IOException {
        try {
            return CredentialCall.request(at(path))
                    .header("X-aws-ec2-metadata-token", token.strip())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException(WHAT + ": " + service + " says what is no token or role", e);
        }
    }

    private URI at(String path) {
        String base = service.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
