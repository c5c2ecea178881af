package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.FileMarks;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.tls.TlsMaterial;
import io.laneway.router.tls.Trust;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contexts with which the gateway speaks TLS to deployments, one for each way to speak it, exchanged when their
 * files change. Safe for many threads.
 */
public final class UpstreamTlsContexts {

    private static final Logger log = LoggerFactory.getLogger(UpstreamTlsContexts.class);

    private final Supplier<SslProvider> provider;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    /** What is asked for by ALPN. */
    private enum Asked {
        HTTP1,
        HTTP2,
        NOTHING
    }

    private record Key(UpstreamTls tls, Asked asked) {}

    /** A context, and when the certificate that it shows ends, if it shows one. */
    private record Made(SslContext context, @Nullable CertificateEnd end) {}

    /** A context and the state of the files it was made from. */
    private static final class Entry {
        private final FileMarks marks;
        private volatile Made made;
        private volatile String problem = "";

        Entry(FileMarks marks, Made made) {
            this.marks = marks;
            this.made = made;
        }
    }

    /** Contexts of the engine that is there. */
    public UpstreamTlsContexts() {
        this(Engines::provider);
    }

    UpstreamTlsContexts(Supplier<SslProvider> provider) {
        this.provider = provider;
    }

    /** What is wrong with files that changed; those who were made from them before stay in force. */
    public List<String> problems() {
        return entries.values().stream()
                .map(entry -> entry.problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    /** When each certificate that is shown to endpoints ends. */
    public List<CertificateEnd> ends() {
        return entries.values().stream()
                .map(entry -> entry.made.end())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * The context for a way to speak TLS. Reads files at first use, so not for an event loop; later calls are cheap.
     *
     * @param http2 whether h2 is asked for by ALPN, else HTTP/1.1
     * @throws TlsFailure if a file is missing or broken
     */
    public SslContext context(UpstreamTls tls, boolean http2) throws TlsFailure {
        return context(new Key(tls, http2 ? Asked.HTTP2 : Asked.HTTP1));
    }

    private SslContext context(Key key) throws TlsFailure {
        Entry entry = entries.get(key);
        if (entry == null) {
            FileMarks marks = FileMarks.of(key.tls().files().map(Path::of).toList());
            entry = new Entry(marks, build(key));
            Entry other = entries.putIfAbsent(key, entry);
            entry = other == null ? entry : other;
        }
        return entry.made.context();
    }

    /** As {@link #context}, on other threads. */
    public CompletableFuture<SslContext> context(UpstreamTls tls, boolean http2, Executor threads) {
        return context(new Key(tls, http2 ? Asked.HTTP2 : Asked.HTTP1), threads);
    }

    /**
     * The context for content that is not ours to name, on other threads: nothing is asked for by ALPN, and from TLS 1.3 on each
     * direction ends by itself.
     */
    public CompletableFuture<SslContext> ofContent(UpstreamTls tls, Executor threads) {
        return context(new Key(tls, Asked.NOTHING), threads);
    }

    private CompletableFuture<SslContext> context(Key key, Executor threads) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return context(key);
                    } catch (TlsFailure e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** Reads again what changed; what is broken leaves the context in force. Blocks on the disk. */
    public void reloadIfChanged() {
        entries.forEach((key, entry) -> {
            if (!entry.marks.changed()) {
                return;
            }
            try {
                entry.made = build(key);
                entry.problem = "";
                log.atInfo().log("upstream TLS reloaded");
            } catch (TlsFailure e) {
                entry.problem = String.valueOf(e.getMessage());
                log.atWarn().addKeyValue("problem", e.getMessage()).log("upstream TLS not reloaded, the old one stays");
            }
        });
    }

    private Made build(Key key) throws TlsFailure {
        UpstreamTls tls = key.tls();
        CertificateEnd end = null;
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(key.asked() == Asked.NOTHING ? Engines.halfClosing() : provider.get())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(asked(key.asked()));
            if (tls.certificate() != null && tls.privateKey() != null) {
                TlsMaterial own = KeyFiles.read(Path.of(tls.certificate()), Path.of(tls.privateKey()));
                builder.keyManager(own.privateKey(), own.chain());
                end = new CertificateEnd(tls.certificate(), own.notAfter());
            }
            if (!tls.verify()) {
                // Names are part of what is verified; without verification they must not be looked at either.
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
            } else {
                trust(tls, builder);
            }
            return new Made(builder.build(), end);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new TlsFailure("tls of an upstream (expected: PEM files): " + described(tls), e);
        }
    }

    private static ApplicationProtocolConfig asked(Asked asked) {
        return switch (asked) {
            case HTTP1 -> Engines.asked(false);
            case HTTP2 -> Engines.asked(true);
            case NOTHING -> Engines.none();
        };
    }

    private static void trust(UpstreamTls tls, SslContextBuilder builder) throws TlsFailure, GeneralSecurityException {
        List<X509Certificate> authorities = authorities(tls);
        if (tls.names().isEmpty()) {
            builder.endpointIdentificationAlgorithm("HTTPS");
            if (authorities != null) {
                builder.trustManager(authorities);
            }
        } else {
            builder.endpointIdentificationAlgorithm(null)
                    .trustManager(new NamedTrust(
                            authorities == null ? Trust.ofSystem() : Trust.in(authorities), tls.names()));
        }
    }

    /** Null for those of the system. */
    private static @Nullable List<X509Certificate> authorities(UpstreamTls tls) throws TlsFailure {
        String pem = tls.authorities();
        String file = tls.authoritiesFile();
        return pem != null
                ? CertificateEnd.chain("ca", pem.getBytes(StandardCharsets.US_ASCII))
                : file == null ? null : CertificateEnd.chain(Path.of(file));
    }

    private static String described(UpstreamTls tls) {
        return tls.authorities() == null ? tls.toString() : "ca in PEM, serverName " + tls.serverName();
    }
}
