package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.router.source.TableEditor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control API with an xDS server, and calls of its REST API. */
final class Control implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final XdsServer xds;
    private final ControlApi api;
    private String bearer = "";

    private Control(XdsServer xds, ControlApi api) {
        this.xds = xds;
        this.api = api;
    }

    static Control start(Path directory) {
        XdsServer xds = new XdsServer(0);
        return new Control(xds, ControlApi.start(ControlConfig.in(directory, 0).serving(List.of(xds))));
    }

    /** One with other settings. */
    static Control start(ControlConfig config) {
        XdsServer xds = new XdsServer(0);
        return new Control(xds, ControlApi.start(config.serving(List.of(xds))));
    }

    /** The editor for other modules, where calls need credentials. */
    TableEditor editor() {
        return api.editor();
    }

    int xdsPort() {
        return xds.port();
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().DELETE());
    }

    String get(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().GET()).body();
    }

    /** From now on only tokens are let in; calls have one of role admin. */
    void closeToStrangers() throws IOException, InterruptedException {
        bearer = token("{\"subject\": \"admin\", \"role\": \"admin\"}");
    }

    /** Makes a token; returns its secret. */
    String token(String body) throws IOException, InterruptedException {
        String made = send("/v1/tokens", HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)))
                .body();
        Matcher secret = Pattern.compile("\"token\" *: *\"([^\"]+)\"").matcher(made);
        assertThat(secret.find()).as(made).isTrue();
        return secret.group(1);
    }

    /** Puts a deployment of the service order; without a ready endpoint if it is not to serve. */
    HttpResponse<String> deploy(String lane, String address, boolean ready) throws IOException, InterruptedException {
        String endpoint = "{\"address\": \"" + address + "\", \"ready\": " + ready + "}";
        return put(
                "/v1/services/order/deployments/" + lane + "?wait=applied&timeout=10s",
                "{\"protocol\": \"h2c\", \"endpoints\": [" + endpoint + "]}");
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        if (!bearer.isEmpty()) {
            request.header("authorization", "Bearer " + bearer);
        }
        HttpResponse<String> response = http.send(
                request.uri(URI.create(api.url() + path))
                        .header("content-type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    @Override
    public void close() {
        api.close();
    }
}
