package io.laneway.replay.s3.credentials;

import io.laneway.replay.s3.S3Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role for a token that a cluster writes into a file ({@code AssumeRoleWithWebIdentity} of STS), such as that of a service
 * account of EKS. The file is read each time. Immutable.
 */
record WebIdentity(CredentialCall call, URI sts, Path file, String role, String session) implements CredentialSource {

    private static final String WHAT = "credentials by web identity";

    @Override
    public Temporary fetch() throws IOException {
        String token;
        try {
            token = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IOException(WHAT + ": " + file + ": " + e, e);
        }
        String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=" + encoded(role)
                + "&RoleSessionName=" + encoded(session) + "&WebIdentityToken=" + encoded(token);
        String xml = call.send(
                WHAT,
                CredentialCall.request(sts)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
        try {
            return new Temporary(
                    new S3Credentials(
                            element(xml, "AccessKeyId"), element(xml, "SecretAccessKey"), element(xml, "SessionToken")),
                    Instant.parse(element(xml, "Expiration")));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(WHAT + ": " + sts + ": " + e.getMessage(), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String element(String xml, String name) {
        Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        return found.find() ? found.group(1).strip() : "";
    }
}
