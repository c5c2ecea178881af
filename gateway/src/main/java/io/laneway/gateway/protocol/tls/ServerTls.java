package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.FileMarks;
import io.laneway.gateway.runtime.config.TlsConfig;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one listener: the certificates in force, exchanged when their files change. Open connections keep what
 * they were made with. Safe for many threads.
 */
public final class ServerTls {

    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
    private static final AttributeKey<@Nullable String> SERVER_NAME =
            AttributeKey.valueOf(ServerTls.class, "serverName");

    private final TlsConfig config;
    private final Duration handshake;
    private final SslProvider provider;
    private List<TlsConfig.Certificate> listed;
    private FileMarks marks;
    private volatile Certificates certificates;
    private volatile String problem = "";

    private ServerTls(TlsConfig config, Duration handshake, SslProvider provider) throws TlsFailure {
        this.config = config;
        this.handshake = handshake;
        this.provider = provider;
        this.listed = CertificateDirectory.list(config.directory());
        this.marks = FileMarks.of(files(config, listed));
        this.certificates = Certificates.load(config, listed, provider);
        took(certificates);
    }

    private void took(Certificates taken) {
        problem = taken.problem();
        if (!problem.isEmpty()) {
            log.atWarn().addKeyValue("problem", problem).log("TLS certificates serve, but not as configured");
        }
    }

    /**
     * Reads the certificates.
     *
     * @param handshake how long a handshake may take
     * @throws TlsFailure if a file is missing or broken
     */
    public static ServerTls load(TlsConfig config, Duration handshake) throws TlsFailure {
        return load(config, handshake, Engines.provider());
    }

    static ServerTls load(TlsConfig config, Duration handshake, SslProvider provider) throws TlsFailure {
        if (config.ocspStapling() && !Engines.staples(provider)) {
            log.atWarn().addKeyValue("engine", provider).log("OCSP responses are not stapled without OpenSSL");
        }
        return new ServerTls(config, handshake, provider);
    }

    private static List<Path> files(TlsConfig config, List<TlsConfig.Certificate> listed) {
        List<Path> files = new ArrayList<>();
        List<TlsConfig.Certificate> all = new ArrayList<>(config.certificates());
        all.addAll(listed);
        for (TlsConfig.Certificate certificate : all) {
            files.add(certificate.certificate());
            files.add(certificate.privateKey());
            files.add(certificate
                    .certificate()
                    .resolveSibling(certificate.certificate().getFileName() + ".ocsp"));
        }
        if (config.clientCa() != null) {
            files.add(config.clientCa());
        }
        return files;
    }

    /**
     * Reads the files again if they changed; what is broken leaves the certificates in force. Blocks on the disk: not
     * for an event loop. To be called now and then, from one thread at a time.
     */
    public void reloadIfChanged() {
        List<TlsConfig.Certificate> now = CertificateDirectory.list(config.directory());
        if (!now.equals(listed)) {
            listed = now;
            marks = FileMarks.of(files(config, now));
        } else if (!marks.changed()) {
            return;
        }
        try {
            Certificates read = Certificates.load(config, now, provider);
            certificates = read;
            took(read);
            log.atInfo().addKeyValue("certificates", read.ends().size()).log("TLS certificates reloaded");
        } catch (TlsFailure e) {
            problem = e.getMessage() == null ? "unreadable" : e.getMessage();
            log.atWarn().addKeyValue("problem", problem).log("TLS certificates not reloaded, the old ones stay");
        }
    }

    /** What was wrong with the files when they were last read; empty if nothing. */
    public String problem() {
        return problem;
    }

    /** When each of the certificates in force ends. */
    public List<CertificateEnd> ends() {
        return certificates.ends();
    }

    /** A handler for one new connection: it reads the server name and continues with that certificate's engine. */
    public ChannelHandler handler() {
        Certificates now = certificates;
        return new SniHandler((name, promise) -> answer(now.context(name), promise), 0, handshake.toMillis()) {
            @Override
            protected SslHandler newSslHandler(SslContext context, io.netty.buffer.ByteBufAllocator allocator) {
                SslHandler handler = super.newSslHandler(context, allocator);
                handler.setHandshakeTimeoutMillis(handshake.toMillis());
                byte[] ocsp = now.ocsp(context);
                if (ocsp != null && handler.engine() instanceof ReferenceCountedOpenSslEngine engine) {
                    engine.setOcspResponse(ocsp);
                }
                return handler;
            }

            @Override
            protected void replaceHandler(ChannelHandlerContext ctx, @Nullable String name, SslContext context)
                    throws Exception {
                ctx.channel().attr(SERVER_NAME).set(name == null ? null : ServerNames.withoutDot(name));
                super.replaceHandler(ctx, name, context);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.fireExceptionCaught(cause);
            }
        };
    }

    /** The server name that a connection's TLS asked for, without a dot at its end; null if it asked for none. */
    public static @Nullable String serverName(Channel channel) {
        return channel.attr(SERVER_NAME).get();
    }

    private static Future<SslContext> answer(@Nullable SslContext context, Promise<SslContext> promise) {
        return context == null
                ? promise.setFailure(new SSLException("there is no certificate"))
                : promise.setSuccess(context);
    }
}
