package io.laneway.control;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A control API on a free port, and a client that speaks to it. */
public final class TestControl implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMinutes(1))
            .build();

    private final ControlApi api;

    private TestControl(ControlApi api) {
        this.api = api;
    }

    public static TestControl start(Path directory) {
        return start(ControlConfig.in(directory, 0));
    }

    public static TestControl start(ControlConfig config) {
        return new TestControl(ControlApi.start(config));
    }

    public ControlApi api() {
        return api;
    }

    /** An answer. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        public JsonObject json() {
            return new JsonObject(body);
        }

        public long revision() {
            return json().getLong("revision");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        public String etag() {
            return header("etag").orElseThrow();
        }
    }

    public Answer get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    public Answer put(String path, String body, String... headers) {
        return call("PUT", path, body, headers);
    }

    public Answer post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
        return call("DELETE", path, null, headers);
    }

    public Answer call(String method, String path, String body, String... headers) {
        return send(api.url(), method, path, body, headers);
    }

    public static Answer send(String url, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public TestWatch watch(String query) {
        return TestWatch.open(api.url() + "/v1/table/watch" + query);
    }

    /** The watch of a part. */
    public TestWatch part(String query, String interest) {
        return TestWatch.part(api.url() + "/v1/table/watch" + query, interest);
    }

    @Override
    public void close() {
        api.close();
    }
}
