package io.laneway.control;

import io.laneway.control.console.ConsolePages;
import io.laneway.control.console.ConsoleRoutes;
import io.laneway.control.flag.FlagOrigins;
import io.laneway.control.http.HttpApi;
import io.laneway.control.http.RequestLimit;
import io.laneway.control.http.RequestTargets;
import io.laneway.control.http.UnreadableRequests;
import io.laneway.control.http.message.CallMemory;
import io.laneway.control.http.message.MemoryBounds;
import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsMaterial;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one instance for each event loop, sharing one port. */
final class ControlServer extends VerticleBase {

    private static final int LOOPS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private static final int MAX_LINE = 4 * 1024;
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
        HttpServerOptions options = options(parts.tls());
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

    private static HttpServerOptions options(@Nullable RenewedTls tls) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEAD)
                .setCompressionSupported(false)
                .setMaxWebSocketFrameSize(MAX_FRAME)
                .setMaxWebSocketMessageSize(MAX_FRAME)
                .setIdleTimeout(IDLE_SECONDS);
        return tls == null ? options : showing(options, tls.current());
    }

    private static HttpServerOptions showing(HttpServerOptions options, TlsMaterial tls) {
        options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(tls.chainPem()))
                        .addKeyValue(Buffer.buffer(tls.keyPem())));
        if (!tls.authorities().isEmpty()) {
            options.setClientAuth(ClientAuth.REQUEST)
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(tls.authoritiesPem())));
        }
        return options;
    }

    /** Shows another certificate, and trusts other authorities, on connections that come from now on. */
    static Future<Boolean> renew(HttpServer server, TlsMaterial tls) {
        return server.updateSSLOptions(showing(new HttpServerOptions(), tls).getSslOptions());
    }

    @Override
    public Future<?> start() {
        Router router = HttpApi.router(
                vertx, parts.authenticator(), parts.names(), limit, parts.editor()::refresh, memory, parts.resources());
        FlagOrigins.allow(router, parts.origins());
        ConsoleRoutes.mount(router, pages);
        return vertx.createHttpServer(options)
                .requestHandler(RequestTargets.readable(router))
                .invalidRequestHandler(UnreadableRequests.refused(MAX_LINE, MAX_HEAD))
                .listen(address)
                .onSuccess(server -> first.compareAndSet(null, server));
    }
}
