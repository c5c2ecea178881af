package io.laneway.cli.remote;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Calls the control API, one call at a time. Blocks; for the command line alone. */
public final class ControlClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI base;
    private final @Nullable String token;

    public ControlClient(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** A path of encoded segments below {@code /v1}, such as {@code /v1/lanes/f-1}. */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder("/v1");
        for (String segment : segments) {
            path.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.toString();
    }

    /** The document at a path. */
    public Object get(String path) {
        return call("GET", path, null, null);
    }

    /** Sends a call and returns its JSON answer, an empty object where it has none. */
    public Object call(String method, String path, @Nullable String body, @Nullable String reason) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null && !token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (reason != null) {
            request.header("X-Reason", reason);
        }
        return answer(send(request.build()));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new CallFailed("no control API at " + base + " (expected: `laneway control` or `laneway demo` running"
                    + " there, or --control URL)");
        } catch (IOException e) {
            throw new CallFailed("call to " + request.uri() + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted");
        }
    }

    private static Object answer(HttpResponse<String> response) {
        String body = response.body();
        if (response.statusCode() >= 400) {
            throw CallFailed.of(response.statusCode(), body);
        }
        return body.isBlank() ? new JsonObject() : Json.decodeValue(body);
    }
}
