package io.laneway.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a demo service. It answers with its own name and lane, then with what the next service in the row
 * answered, which it calls through the gateway as an application would: by the service's bare name, carrying on the
 * headers of lane, tenant and trace. Safe for many threads.
 */
final class DemoService {

    /** Names the deployment that is to fail, such as {@code B@f-2}. */
    static final String FAIL = "x-demo-fail";

    private static final List<String> CARRIED_ON = List.of(
            FAIL,
            "trace-branch",
            "baggage",
            "x-laneway-assigned",
            "x-laneway-hops",
            "x-request-id",
            "traceparent",
            "x-tenant-id");

    private final String self;
    private final @Nullable String next;
    private final IntSupplier outbound;
    private final HttpClient client;

    private DemoService(String self, @Nullable String next, IntSupplier outbound, HttpClient client) {
        this.self = self;
        this.next = next;
        this.outbound = outbound;
        this.client = client;
    }

    /**
     * Starts a deployment on a loopback port.
     *
     * @param next     the service to call, null for the last in the row
     * @param outbound port of the gateway's internal listener
     */
    static Future<HttpServer> start(
            Vertx vertx,
            HttpClient client,
            String service,
            String lane,
            @Nullable String next,
            int port,
            IntSupplier outbound) {
        DemoService response = new DemoService(service + "@" + lane, next, outbound, client);
        return vertx.createHttpServer().requestHandler(response::handle).listen(port, "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        if (self.equals(request.getHeader(FAIL))) {
            request.response().setStatusCode(500).end(self + " failed\n");
            return;
        }
        request.end()
                .compose(done -> path(request))
                .onComplete(
                        path -> request.response()
                                .putHeader("content-type", "text/plain")
                                .end(path + "\n"),
                        failure ->
                                request.response().setStatusCode(502).end(self + " > " + failure.getMessage() + "\n"));
    }

    private Future<String> path(HttpServerRequest request) {
        return next == null ? Future.succeededFuture(self) : callNext(request).map(rest -> self + " > " + rest);
    }

    private Future<String> callNext(HttpServerRequest request) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(outbound.getAsInt())
                .setURI("/")
                .putHeader("host", next);
        for (String name : CARRIED_ON) {
            String value = request.getHeader(name);
            if (value != null) {
                options.putHeader(name, value);
            }
        }
        return client.request(options)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> body.toString().strip()));
    }
}
