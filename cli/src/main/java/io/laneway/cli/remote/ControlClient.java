package io.laneway.cli.remote;

import io.vertx.core.json.DecodeException;
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
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls the control API, one call at a time. Blocks; for the command line alone. */
public final class ControlClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI base;
    private final @Nullable String token;

    public ControlClient(URI base, @Nullable String token) {
        this(new Target(base, token, null, null, null, null));
    }

    ControlClient(Target target) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        SSLContext tls = ClientTls.of(target);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.http = builder.build();
        this.base = target.control() == null ? Target.DEFAULT : target.control();
        this.token = target.bearer();
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
        return send(method, path, body, reason, Map.of()).document();
    }

    /** Sends a call with further header fields. */
    Answer send(
            String method, String path, @Nullable String body, @Nullable String reason, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
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

    /** The path behind the one that the address itself may have. */
    private URI at(String path) {
        String own = base.toString();
        return URI.create((own.endsWith("/") ? own.substring(0, own.length() - 1) : own) + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new CallFailed("no control API at " + base + " (expected: `laneway control` or `laneway demo` running"
                    + " there, or --control URL)");
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CallFailed("call to " + request.uri() + " failed: " + why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted");
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        String body = response.body();
        if (response.statusCode() >= 400) {
            throw CallFailed.of(response.statusCode(), body);
        }
        try {
            Object document = body.isBlank() ? new JsonObject() : Json.decodeValue(body);
            return new Answer(
                    response.statusCode(),
                    document,
                    response.headers().firstValue("etag").orElse(null));
        } catch (DecodeException e) {
            throw new CallFailed("the answer of " + response.uri() + " is not JSON (expected: a control API there)");
        }
    }
}
