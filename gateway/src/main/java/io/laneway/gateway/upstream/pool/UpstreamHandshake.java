package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.tls.HandshakeFailures;
import io.laneway.gateway.protocol.tls.ServerNames;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.upstream.endpoint.HostPort;
import io.laneway.router.model.service.UpstreamTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * TLS on an open connection. A certificate, name or version that does not suit is a failure to connect; an
 * application protocol that is not agreed on (RFC 7301) is a matter of protocol. Confined to one event loop.
 */
final class UpstreamHandshake {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamHandshake.class);

    /** Hears how it went, once. */
    interface Outcome {

        void secured();

        void failed(Failure failure);
    }

    private final Loop loop;
    private final UpstreamTransport transport;
    private final ConnectTarget pool;
    private final Channel channel;
    private final boolean http2;
    private final Outcome outcome;

    /** @param http2 what is to be agreed on: HTTP/2, else HTTP/1.1 */
    UpstreamHandshake(
            Loop loop,
            UpstreamTransport transport,
            ConnectTarget pool,
            Channel channel,
            boolean http2,
            Outcome outcome) {
        this.loop = loop;
        this.transport = transport;
        this.pool = pool;
        this.channel = channel;
        this.http2 = http2;
        this.outcome = outcome;
    }

    /** Contexts are made from files, so elsewhere. */
    void begin() {
        UpstreamTls configured = pool.settings().tls();
        UpstreamTls tls = configured == null ? UpstreamTls.DEFAULT : configured;
        var unused = context(tls, transport.names().threads())
                .whenCompleteAsync(
                        (context, failure) -> {
                            if (failure != null) {
                                fail("our own files for it are not usable", message(failure));
                            } else {
                                shakeHands(tls, context);
                            }
                            loop.flushes().flush();
                        },
                        loop.eventLoop());
    }

    private CompletableFuture<SslContext> context(UpstreamTls tls, Executor threads) {
        return pool.wire() == WireProtocol.CONTENT_TLS
                ? transport.tls().ofContent(tls, threads)
                : transport.tls().context(tls, http2, threads);
    }

    private void shakeHands(UpstreamTls tls, SslContext context) {
        if (!channel.isActive()) {
            outcome.failed(Failure.CONNECT);
            return;
        }
        HostPort address = Objects.requireNonNull(pool.endpoint().hostPort());
        String name = ServerNames.withoutDot(Objects.requireNonNullElse(tls.serverName(), address.host()));
        SslHandler handler = context.newHandler(channel.alloc(), name, address.port());
        handler.setHandshakeTimeoutMillis(0);
        Quiet quiet = new Quiet();
        channel.pipeline().addLast(handler, quiet);
        var unused = handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                channel.pipeline().remove(quiet);
                agreed(handler.applicationProtocol());
            } else if (HandshakeFailures.isProtocol(done.cause())) {
                disagreed();
            } else {
                fail(HandshakeFailures.reason(done.cause()), "");
            }
            loop.flushes().flush();
        });
    }

    /** What fails a handshake is heard of by its future. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var unused = ctx.close();
        }
    }

    private void agreed(@Nullable String protocol) {
        if (http2 && !ApplicationProtocolNames.HTTP_2.equals(protocol)) {
            pool.monitor().reached();
            disagreed();
            return;
        }
        pool.problem("");
        outcome.secured();
    }

    private void disagreed() {
        outcome.failed(http2 ? Failure.NO_HTTP2_BY_ALPN : Failure.NO_HTTP1_BY_ALPN);
    }

    /** The detail is for us alone: it may name files. */
    private void fail(String reason, String detail) {
        pool.stats().tlsFailures.increment();
        boolean known = pool.problem(reason);
        LOG.atLevel(known ? Level.DEBUG : Level.WARN)
                .addKeyValue("endpoint", pool.endpoint().address())
                .addKeyValue("reason", reason)
                .addKeyValue("detail", detail)
                .log("no TLS with an upstream");
        outcome.failed(Failure.tls(reason));
    }

    private static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
