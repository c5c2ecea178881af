package io.laneway.replay.s3.credentials;

import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.JsonTree;
import io.laneway.replay.json.UnexpectedJson;
import io.laneway.replay.s3.S3Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Calls of services that give out credentials: short waits, no redirects. Safe for many threads. */
final class CredentialCall {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RESPONSE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client;

    /** @param proxied whether the JVM's proxy is asked; services of the machine itself are not behind one */
    CredentialCall(boolean proxied) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        this.client = (proxied ? builder : builder.proxy(HttpClient.Builder.NO_PROXY)).build();
    }

    static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(RESPONSE);
    }

    /** The body of a response that is 200; anything else is a failure of {@code what}. */
    String send(String what, HttpRequest request) throws IOException {
        HttpResponse<String> response = response(what, request);
        if (response.statusCode() != OK) {
            throw new IOException(what + ": " + request.uri() + " responded " + response.statusCode());
        }
        return response.body();
    }

    private HttpResponse<String> response(String what, HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new IOException(what + ": " + request.uri() + ": " + e, e);
        }
    }

    /** The document that containers and instances get. */
    static Temporary read(String what, String json) throws IOException {
        try {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            JsonObject document = JsonObject.of(what, JsonTree.parse(bytes, 0, bytes.length));
            String expires = document.text("Expiration", "");
            return new Temporary(
                    new S3Credentials(
                            document.text("AccessKeyId"), document.text("SecretAccessKey"), document.text("Token", "")),
                    expires.isEmpty() ? Instant.MAX : Instant.parse(expires));
        } catch (UnexpectedJson e) {
            throw new IOException(e.what() + " (expected: " + e.expected() + ")", e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(what + ": " + e.getMessage(), e);
        }
    }
}
