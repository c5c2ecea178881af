package io.laneway.gateway.protocol.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name of one new connection (RFC 6066 section 3) and continues with an engine of the certificate for it, when
 * the certificates are there. Confined to its event loop.
 */
final class CertificateChoice extends SniHandler {

    /** What became of a connection. Immutable. */
    private record Chosen(@Nullable String name, @Nullable Certificates certificates) {}

    private static final AttributeKey<Chosen> CHOSEN = AttributeKey.valueOf(CertificateChoice.class, "chosen");

    private final Duration handshake;
    private final CompletableFuture<Certificates> awaited;
    private @Nullable Certificates certificates;

    CertificateChoice(Duration handshake, CompletableFuture<Certificates> awaited) {
        super((name, promise) -> promise.setFailure(new SSLException("not asked")), 0, handshake.toMillis());
        this.handshake = handshake;
        this.awaited = awaited;
    }

    @Override
    protected Future<SslContext> lookup(ChannelHandlerContext ctx, @Nullable String name) {
        Promise<SslContext> promise = ctx.executor().newPromise();
        if (awaited.isDone() && !awaited.isCompletedExceptionally()) {
            answer(awaited.join(), name, promise);
        } else {
            var unused = awaited.whenComplete((found, problem) -> ctx.executor().execute(() -> {
                if (problem == null) {
                    answer(found, name, promise);
                } else {
                    promise.setFailure(new SSLException("certificates cannot be read", problem));
                }
            }));
        }
        return promise;
    }

    private void answer(Certificates found, @Nullable String name, Promise<SslContext> promise) {
        certificates = found;
        SslContext context = found.context(name);
        if (context == null) {
            promise.setFailure(new SSLException("there is no certificate"));
        } else {
            promise.setSuccess(context);
        }
    }

    @Override
    protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
        SslHandler handler = super.newSslHandler(context, allocator);
        handler.setHandshakeTimeoutMillis(handshake.toMillis());
        byte[] ocsp = certificates == null ? null : certificates.ocsp(context);
        if (ocsp != null && handler.engine() instanceof ReferenceCountedOpenSslEngine engine) {
            engine.setOcspResponse(ocsp);
        }
        return handler;
    }

    @Override
    protected void replaceHandler(ChannelHandlerContext ctx, @Nullable String name, SslContext context)
            throws Exception {
        ctx.channel().attr(CHOSEN).set(new Chosen(name == null ? null : ServerNames.withoutDot(name), certificates));
        super.replaceHandler(ctx, name, context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.fireExceptionCaught(cause);
    }

    /** The server name that a connection asked for, without a dot at its end; null if it asked for none. */
    static @Nullable String serverName(Channel channel) {
        Chosen chosen = channel.attr(CHOSEN).get();
        return chosen == null ? null : chosen.name();
    }

    /** Who the client of a connection is by its certificate, null if it showed none that was verified. */
    static @Nullable String identity(Channel channel, SSLEngine engine) {
        Chosen chosen = channel.attr(CHOSEN).get();
        Certificates by = chosen == null ? null : chosen.certificates();
        return by != null && by.vouches(engine) ? PeerIdentity.of(engine) : null;
    }
}
