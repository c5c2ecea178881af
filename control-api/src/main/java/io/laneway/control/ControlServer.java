package io.laneway.control;

import io.laneway.control.console.ConsolePages;
import io.laneway.control.console.ConsoleRoutes;
import io.laneway.control.flag.FlagOrigins;
import io.laneway.control.http.HttpApi;
import io.laneway.control.http.RequestLimit;
import io.laneway.control.http.RequestTargets;
import io.laneway.control.http.message.CallMemory;
import io.laneway.control.http.message.MemoryBounds;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicReference;

/** The HTTP server: one instance for each event loop, sharing one port. */
final class ControlServer extends VerticleBase {

    private static final int LOOPS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_FRAME = 1 << 20;
    private static final int IDLE_SECONDS = 120;

    private final HttpServerOptions options;
    private final SocketAddress address;
    private final ControlParts parts;
    private final RequestLimit limit;
    private final CallMemory memory;
    private final ConsolePages pages;
    private final AtomicReference<HttpServer> first;

    private ControlServer(
            HttpServerOptions options,
            SocketAddress address,
            ControlParts parts,
            RequestLimit limit,
            CallMemory memory,
            ConsolePages pages,
            AtomicReference<HttpServer> first) {
        this.options = options;
        this.address = address;
        this.parts = parts;
        this.limit = limit;
        this.memory = memory;
        this.pages = pages;
        this.first = first;
    }

    static Future<HttpServer> listen(Vertx vertx, ControlConfig config, String host, ControlParts parts) {
        HttpServerOptions options = options(config);
        SocketAddress address = config.listen().port() == 0
                ? SocketAddress.sharedRandomPort(1, host)
                : SocketAddress.inetSocketAddress(config.listen().port(), host);
        RequestLimit limit = new RequestLimit(config.bounds().requestsPerSecond(), config.clock());
        CallMemory memory = new CallMemory(MemoryBounds.here());
        ConsolePages pages = ConsolePages.load();
        AtomicReference<HttpServer> first = new AtomicReference<>();
        return vertx.deployVerticle(
                        () -> new ControlServer(options, address, parts, limit, memory, pages, first),
                        new DeploymentOptions().setInstances(LOOPS))
                .map(id -> first.get());
    }

    private static HttpServerOptions options(ControlConfig config) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEAD)
                .setCompressionSupported(false)
                .setMaxWebSocketFrameSize(MAX_FRAME)
                .setMaxWebSocketMessageSize(MAX_FRAME)
                .setIdleTimeout(IDLE_SECONDS);
        ControlConfig.Tls tls = config.listen().tls();
        if (tls != null) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(tls.certificate().toString())
                            .setKeyPath(tls.privateKey().toString()));
            if (tls.clientCa() != null) {
                options.setClientAuth(ClientAuth.REQUEST)
                        .setTrustOptions(
                                new PemTrustOptions().addCertPath(tls.clientCa().toString()));
            }
        }
        return options;
    }

    @Override
    public Future<?> start() {
        Router router = HttpApi.router(
                vertx, parts.authenticator(), parts.names(), limit, parts.editor()::refresh, memory, parts.resources());
        FlagOrigins.allow(router, parts.origins());
        ConsoleRoutes.mount(router, pages);
        return vertx.createHttpServer(options)
                .requestHandler(RequestTargets.readable(router))
                .listen(address)
                .onSuccess(server -> first.compareAndSet(null, server));
    }
}
