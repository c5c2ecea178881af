package io.laneway.gateway.server.tables;

import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsFiles;
import io.laneway.router.tls.TlsMaterial;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a gateway takes for its control API, and what it shows to it: files that are read again when they change. Safe for many
 * threads.
 */
final class ControlTls {

    private static final Logger log = LoggerFactory.getLogger(ControlTls.class);

    private final Vertx vertx;
    private final RenewedTls files;
    private volatile ClientSSLOptions options = new ClientSSLOptions();

    private ControlTls(Vertx vertx, RenewedTls files) {
        this.vertx = vertx;
        this.files = files;
        files.use(read -> options = options(read));
    }

    /**
     * Reads the files; blocks on the disk. Null for the authorities of the system and no certificate.
     *
     * @throws StartFailure if one cannot be used
     */
    static @Nullable ControlTls of(Vertx vertx, @Nullable UpstreamTls tls) {
        if (tls == null || tls.files().findAny().isEmpty()) {
            return null;
        }
        try {
            return new ControlTls(
                    vertx,
                    new RenewedTls(new TlsFiles(path(tls.certificate()), path(tls.privateKey()), path(tls.ca()))));
        } catch (IllegalArgumentException e) {
            throw new StartFailure("table.tls", e);
        }
    }

    private static @Nullable Path path(@Nullable String file) {
        return file == null ? null : Path.of(file);
    }

    private static ClientSSLOptions options(TlsMaterial read) {
        ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        if (!read.chain().isEmpty()) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(read.chainPem()))
                    .addKeyValue(Buffer.buffer(read.keyPem())));
        }
        if (!read.authorities().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(read.authoritiesPem())));
        }
        return options;
    }

    /** Adds what the files hold now. */
    Future<RequestOptions> add(RequestOptions request) {
        return vertx.executeBlocking(
                () -> {
                    look();
                    return request.setSslOptions(options);
                },
                false);
    }

    private void look() {
        switch (files.look()) {
            case SAME -> {}
            case RENEWED -> log.atInfo().log("TLS to the control API reloaded");
            case REFUSED ->
                log.atWarn()
                        .addKeyValue("problem", files.problem())
                        .log("TLS to the control API not reloaded, the old one stays");
        }
    }
}
