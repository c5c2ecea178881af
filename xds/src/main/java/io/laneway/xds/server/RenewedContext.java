package io.laneway.xds.server;

import io.grpc.netty.GrpcSslContexts;
import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsMaterial;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/**
 * TLS of a gRPC server, whose context is exchanged for a new one when its files are renewed: new connections get that one, with
 * sessions of its own, and open ones keep theirs. Safe for many threads.
 */
final class RenewedContext extends SslContext {

    private volatile SslContext now;

    private RenewedContext(SslContext first) {
        now = first;
    }

    /** By what is in files, now and whenever they are renewed. */
    static RenewedContext of(RenewedTls tls) {
        RenewedContext context = new RenewedContext(made(tls.current()));
        tls.use(renewed -> context.now = made(renewed));
        return context;
    }

    private static SslContext made(TlsMaterial from) {
        SslContextBuilder context =
                GrpcSslContexts.configure(SslContextBuilder.forServer(from.privateKey(), from.chain()));
        if (!from.authorities().isEmpty()) {
            context.trustManager(from.authorities()).clientAuth(ClientAuth.OPTIONAL);
        }
        try {
            return context.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("xds: certificate and key: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isClient() {
        return now.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return now.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // of the class that this one has to be
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return now.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return now.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
        return now.newEngine(allocator, host, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return now.sessionContext();
    }
}
