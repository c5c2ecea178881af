package io.laneway.cli.remote;

import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsFiles;
import io.laneway.router.tls.TlsMaterial;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS to a control API with certificates from PEM files, which are read again when they change: a command that waits or
 * watches may outlive them. Files that are broken or half written change nothing. Blocks on the disk. Safe for many threads.
 */
final class ClientTls {

    private final @Nullable RenewedTls files;
    private volatile @Nullable SSLContext context;
    private volatile @Nullable ClientSSLOptions options;

    private ClientTls(@Nullable RenewedTls files) {
        this.files = files;
        if (files != null) {
            files.use(this::take);
        }
    }

    /**
     * That of a target.
     *
     * @throws CommandFailed if a file cannot be used
     */
    static ClientTls of(Target target) {
        if (target.ca() == null && target.certificate() == null) {
            return new ClientTls(null);
        }
        try {
            return new ClientTls(new RenewedTls(new TlsFiles(target.certificate(), target.key(), target.ca())));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("--ca, --cert, --key: " + e.getMessage());
        }
    }

    /** For the JDK's client; null where the system's trust and no client certificate serve. Another one after a renewal. */
    @Nullable
    SSLContext context() {
        look();
        return context;
    }

    /** For Vert.x's client, null as with {@link #context()}. */
    @Nullable
    ClientSSLOptions options() {
        look();
        return options;
    }

    private void look() {
        if (files != null) {
            files.look();
        }
    }

    private void take(TlsMaterial read) {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        ClientSSLOptions vertx = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (!read.authorities().isEmpty()) {
            builder.trustManager(read.authorities());
            vertx.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(read.authoritiesPem())));
        }
        if (!read.chain().isEmpty()) {
            builder.keyManager(read.privateKey(), read.chain());
            vertx.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(read.chainPem()))
                    .addKeyValue(Buffer.buffer(read.keyPem())));
        }
        try {
            context = ((JdkSslContext) builder.build()).context();
        } catch (SSLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        options = vertx;
    }
}
