package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.FileMarks;
import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.router.model.route.ClientAuthorities;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one listener: the certificates in force, exchanged when their files change. Open connections keep what
 * they were made with. Safe for many threads.
 */
public final class ServerTls {

    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

    /** As many ways are remembered. */
    private static final int MOST_WAYS = 64;

    /** A way to end TLS that is not the configuration's. */
    private record Way(@Nullable ClientAuthorities clients, boolean http) {

        /** Content that is not HTTP, as it is. */
        private static final Way CONTENT = new Way(null, false);
    }

    private final TlsConfig config;
    private final Duration handshake;
    private final SslProvider provider;
    private final Executor loader;
    private final Map<Way, CompletableFuture<Certificates>> others = new ConcurrentHashMap<>();
    private volatile List<TlsConfig.Certificate> listed;
    private FileMarks marks;
    private volatile Certificates certificates;
    private volatile String problem = "";

    private ServerTls(TlsConfig config, Duration handshake, SslProvider provider, Executor loader) throws TlsFailure {
        this.config = config;
        this.loader = loader;
        this.handshake = handshake;
        this.provider = provider;
        this.listed = CertificateDirectory.list(config.directory());
        this.marks = FileMarks.of(files(config, listed));
        this.certificates = Certificates.load(config, listed, Ending.CONFIGURED, provider);
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
     * @param loader    reads them once more for each way to ask clients, and for content that is not HTTP
     * @throws TlsFailure if a file is missing or broken
     */
    public static ServerTls load(TlsConfig config, Duration handshake, Executor loader) throws TlsFailure {
        return load(config, handshake, Engines.provider(), loader);
    }

    /** The same, with one that reads at once. */
    public static ServerTls load(TlsConfig config, Duration handshake) throws TlsFailure {
        return load(config, handshake, Runnable::run);
    }

    static ServerTls load(TlsConfig config, Duration handshake, SslProvider provider) throws TlsFailure {
        return load(config, handshake, provider, Runnable::run);
    }

    private static ServerTls load(TlsConfig config, Duration handshake, SslProvider provider, Executor loader)
            throws TlsFailure {
        if (config.ocspStapling() && !Engines.staples(provider)) {
            log.atWarn().addKeyValue("engine", provider).log("OCSP responses are not stapled without OpenSSL");
        }
        return new ServerTls(config, handshake, provider, loader);
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
            Certificates read = Certificates.load(config, now, Ending.CONFIGURED, provider);
            certificates = read;
            others.clear();
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
        return handler(null);
    }

    /**
     * The same.
     *
     * @param clients what a route of connections asks of the client's certificate, null for what the configuration asks
     */
    public ChannelHandler handler(@Nullable ClientAuthorities clients) {
        return new CertificateChoice(
                handshake,
                clients == null ? CompletableFuture.completedFuture(certificates) : other(new Way(clients, true)));
    }

    /**
     * A handler for one new connection whose content is passed on as it is: nothing is selected by ALPN, and from TLS 1.3 on each
     * direction ends by itself.
     */
    public ChannelHandler contentHandler() {
        return new CertificateChoice(handshake, other(Way.CONTENT));
    }

    /** The certificates in force, with engines of another way: made once, away from event loops. */
    private CompletableFuture<Certificates> other(Way way) {
        CompletableFuture<Certificates> known = others.get(way);
        if (known != null) {
            return known;
        }
        if (others.size() >= MOST_WAYS) {
            others.clear();
        }
        CompletableFuture<Certificates> made =
                others.computeIfAbsent(way, any -> CompletableFuture.supplyAsync(() -> load(any), loader));
        var unused = made.whenComplete((found, problem) -> {
            if (problem != null) {
                others.remove(way, made);
            }
        });
        return made;
    }

    private Certificates load(Way way) {
        ClientChecks checks = way.clients() == null ? null : ClientChecks.of(way.clients());
        try {
            return Certificates.load(
                    config, listed, new Ending(checks, way.http()), way.http() ? provider : Engines.halfClosing());
        } catch (TlsFailure e) {
            throw new CompletionException(e);
        }
    }

    /** The server name that a connection's TLS asked for, without a dot at its end; null if it asked for none. */
    public static @Nullable String serverName(Channel channel) {
        return CertificateChoice.serverName(channel);
    }

    /** Who the client of a connection is by its certificate, as {@link PeerIdentity} says it; null if none was verified. */
    public static @Nullable String identity(Channel channel, SSLEngine engine) {
        return CertificateChoice.identity(channel, engine);
    }
}
