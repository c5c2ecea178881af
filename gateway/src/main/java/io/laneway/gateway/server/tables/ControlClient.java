package io.laneway.gateway.server.tables;

import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.server.question.AnswerSender;
import io.laneway.router.part.Interest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the control API as one gateway. Works on Vert.x's own event loop, apart from those that carry requests. Safe
 * for many threads.
 */
final class ControlClient implements AnswerSender, AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** Answers that last keep their connections; watch and reports do not wait for one. */
    private static final int ANSWER_CONNECTIONS = 80;

    private final HttpClient http;
    private final HttpClient answers;
    private final TableConfig.Control control;
    private final Self self;
    private final @Nullable ControlTls tls;

    /**
     * Who asks. Immutable.
     *
     * @param id      of this gateway
     * @param version of this program
     */
    record Self(String id, String version) {}

    /**
     * Reads the files of its TLS; blocks on the disk.
     *
     * @throws StartFailure if one of them cannot be used
     */
    ControlClient(Vertx vertx, TableConfig.Control control, Self self) {
        this.tls = ControlTls.of(vertx, control.tls());
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
        this.answers = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS),
                new PoolOptions().setHttp1MaxSize(ANSWER_CONNECTIONS));
        this.control = control;
        this.self = self;
    }

    URI uri() {
        return control.uri();
    }

    /** Between the reports of this gateway. */
    Duration reports() {
        return control.reports();
    }

    Self self() {
        return self;
    }

    Future<HttpClientRequest> watch(String store, long from) {
        String query = "?from=" + from + (store.isEmpty() ? "" : "&store=" + encoded(store)) + "&gateway="
                + encoded(self.id()) + "&version=" + encoded(self.version());
        return request(HttpMethod.GET, "/v1/table/watch" + query)
                .map(request -> request.putHeader("accept", "text/event-stream"));
    }

    /** The watch of a part; 404 or 405 from a control API that sends the whole table alone. */
    Future<HttpClientResponse> watchPart(String store, Interest interest) {
        String query = "?gateway=" + encoded(self.id()) + "&version=" + encoded(self.version())
                + (store.isEmpty() ? "" : "&store=" + encoded(store));
        Buffer body = new JsonObject()
                .put("hosts", new JsonArray(List.copyOf(interest.hosts())))
                .put("lanes", new JsonArray(List.copyOf(interest.lanes())))
                .toBuffer();
        return request(HttpMethod.POST, "/v1/table/watch" + query)
                .compose(request -> request.putHeader("accept", "text/event-stream")
                        .putHeader("content-type", "application/json")
                        .send(body));
    }

    Future<HttpClientRequest> report() {
        return request(HttpMethod.POST, "/v1/gateways/" + encoded(self.id()) + "/report")
                .map(request -> request.putHeader("content-type", "application/json"));
    }

    @Override
    public Future<HttpClientRequest> answer(String question) {
        String path = "/v1/gateways/" + encoded(self.id()) + "/answers/" + encoded(question);
        return request(answers, HttpMethod.POST, path);
    }

    @Override
    public Future<HttpClientRequest> replay(String replay) {
        String path = "/v1/gateways/" + encoded(self.id()) + "/replays/" + encoded(replay);
        return request(answers, HttpMethod.POST, path)
                .map(request -> request.putHeader("content-type", "application/json"));
    }

    @Override
    public void close() {
        http.close();
        answers.close();
    }

    private Future<HttpClientRequest> request(HttpMethod method, String path) {
        return request(http, method, path);
    }

    private Future<HttpClientRequest> request(HttpClient by, HttpMethod method, String path) {
        String base = control.uri().toString();
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        if (control.token() != null) {
            options.putHeader("authorization", "Bearer " + control.token());
        }
        return tls == null ? by.request(options) : tls.add(options).compose(by::request);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
