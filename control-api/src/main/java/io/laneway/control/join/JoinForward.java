package io.laneway.control.join;

import io.laneway.control.table.Refusal;
import io.laneway.router.tls.RenewedTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * The way to joins that another replica holds: over TLS it must show the certificate that this one has, as it is renewed. Safe
 * for many threads.
 */
final class JoinForward {

    /** Marks what another replica hands on, which is never handed on again. */
    static final String HOP = "x-laneway-join-hop";

    static final int MAX_FRAME = 1 << 20;

    private static final int CONNECT_MS = 2_000;
    private static final int MAX_CONNECTIONS = 4_096;

    private final HttpClient http;
    private final WebSocketClient sockets;
    private final boolean secure;

    /** @param tls of the replicas, null where they speak in the clear */
    JoinForward(Vertx vertx, @Nullable RenewedTls tls) {
        this.secure = tls != null;
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_MS);
        WebSocketClientOptions webOptions = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setMaxConnections(MAX_CONNECTIONS)
                .setMaxFrameSize(MAX_FRAME);
        if (tls != null) {
            TrustOptions trust = TrustOptions.wrap(new ReplicaTrust(tls));
            options.setSsl(true).setTrustOptions(trust).setVerifyHost(false);
            webOptions.setSsl(true).setTrustOptions(trust).setVerifyHost(false);
        }
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
        this.sockets = vertx.createWebSocketClient(webOptions);
    }

    /** A connection to a machine that joined, by the replica at an address. */
    Future<NetSocket> connection(String replica, String path, @Nullable String authorization) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI((secure ? "https://" : "http://") + replica + path)
                .putHeader("connection", "upgrade")
                .putHeader("upgrade", "laneway-join")
                .putHeader(HOP, "1");
        if (authorization != null) {
            options.putHeader("authorization", authorization);
        }
        return http.request(options)
                .compose(HttpClientRequest::connect)
                .map(JoinForward::socket)
                .recover(error -> Future.failedFuture(away(error)));
    }

    private static NetSocket socket(HttpClientResponse response) {
        if (response.statusCode() != 101) {
            response.request().connection().close();
            throw new NotReached("the replica that holds the join answered " + response.statusCode());
        }
        return response.netSocket();
    }

    /** The connection of a joiner, to the replica at an address that waits for it. */
    Future<WebSocket> webSocket(String replica, String path) {
        return sockets.connect(new WebSocketConnectOptions()
                        .setAbsoluteURI((secure ? "wss://" : "ws://") + replica + path)
                        .putHeader(HOP, "1"))
                .recover(error -> Future.failedFuture(
                        error instanceof UpgradeRejectedException
                                ? Refusal.absent("the connection that the join was asked for by this key")
                                : away(error)));
    }

    private static NotReached away(Throwable error) {
        return error instanceof NotReached known
                ? known
                : new NotReached("the replica that holds the join was not reached: " + error.getMessage());
    }
}
