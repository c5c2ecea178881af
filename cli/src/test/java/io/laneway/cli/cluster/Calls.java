package io.laneway.cli.cluster;

import io.laneway.gateway.Gateway;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** Calls an application by its name through a gateway. Safe for many threads. */
final class Calls {

    /** A response, with what the gateway said of it. */
    record Response(int status, String body, String lane, String reason) {}

    private static final int HTTP_PORT = 9000;
    private static final int GRPC_PORT = 9001;

    private final Context context;
    private final HttpClient http1;
    private final HttpClient h2c;
    private final SocketAddress gateway;
    private final String host;

    /** @param host whom to ask for */
    Calls(Vertx vertx, Gateway gateway, String listener, String host) {
        this.host = host;
        this.context = vertx.getOrCreateContext();
        this.http1 = vertx.createHttpClient();
        this.h2c = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        this.gateway = SocketAddress.inetSocketAddress(gateway.port(listener), "127.0.0.1");
    }

    /** Asks the HTTP/1.1 port for a lane. */
    Response get(String lane) {
        return wait(get(lane, "/"));
    }

    /** Asks the HTTP/2 port for a lane. */
    Response h2c(String lane) {
        return wait(send(h2c, GRPC_PORT, lane, "/"));
    }

    Future<Response> get(String lane, String path) {
        return send(http1, HTTP_PORT, lane, path);
    }

    static Response wait(Future<Response> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            return new Response(-1, e.toString(), "", "");
        }
    }

    private Future<Response> send(HttpClient client, int port, String lane, String path) {
        RequestOptions options = new RequestOptions()
                .setServer(gateway)
                .setHost(host)
                .setPort(port)
                .setURI(path)
                .putHeader("trace-branch", lane);
        Promise<Response> answer = Promise.promise();
        context.runOnContext(go -> answered(client, options).onComplete(answer));
        return answer.future();
    }

    /** On the event loop: a handler that is set from another thread can miss the body of a quick response. */
    private static Future<Response> answered(HttpClient client, RequestOptions options) {
        return client.request(options)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body()
                        .map(body -> new Response(
                                response.statusCode(),
                                body.toString(),
                                response.getHeader("x-laneway-lane"),
                                response.getHeader("x-laneway-decision"))));
    }
}
