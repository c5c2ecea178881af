package io.laneway.cli.check;

import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.protocol.tls.TlsFailure;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.JwtConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.service.UpstreamTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The files that listeners name: certificates, keys of issuers, and authorities of those whom they ask. Blocks on the disk.
 * Confined to one thread.
 */
final class ListenerFiles {

    private final GatewayConfig config;
    private final BrokenParts broken;
    private final Node document;
    private final Problems problems;
    private final Unchecked unchecked;

    /** @param broken parts of the configuration, whose files are left out */
    ListenerFiles(GatewayConfig config, BrokenParts broken, Node document, Problems problems, Unchecked unchecked) {
        this.config = config;
        this.broken = broken;
        this.document = document;
        this.problems = problems;
        this.unchecked = unchecked;
    }

    /** Adds a problem for each that is missing or unusable. */
    void check() {
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            String path = "listeners[" + i + "]";
            if (whole(path + ".tls") && listener.tls() != null) {
                certificates(listener.tls(), path + ".tls");
            }
            if (whole(path + ".jwt") && listener.jwt() != null) {
                keys(listener.jwt(), path + ".jwt");
            }
            if (whole(path + ".auth") && listener.auth() != null) {
                authorizer(listener.auth(), path + ".auth.tls");
            }
        }
    }

    private boolean whole(String path) {
        boolean whole = !broken.has(path);
        if (!whole) {
            unchecked.add("files of " + path);
        }
        return whole;
    }

    private void keys(JwtConfig jwt, String path) {
        for (int i = 0; i < jwt.issuers().size(); i++) {
            JwtConfig.Issuer issuer = jwt.issuers().get(i);
            String at = path + ".issuers[" + i + "]";
            URI keys = issuer.jwks();
            if ("file".equals(keys.getScheme())) {
                readable(Path.of(keys), at + ".jwks");
            }
            if (issuer.ca() != null) {
                readable(issuer.ca(), at + ".ca");
            }
        }
    }

    private void authorizer(AuthConfig auth, String path) {
        UpstreamTls tls = auth.authorizer().tls();
        if (tls != null) {
            named(tls.ca(), path + ".ca");
            named(tls.certificate(), path + ".certificate");
            named(tls.privateKey(), path + ".privateKey");
        }
    }

    private void named(@Nullable String file, String path) {
        if (file != null) {
            readable(Path.of(file), path);
        }
    }

    private void certificates(TlsConfig tls, String path) {
        int before = problems.count();
        for (int i = 0; i < tls.certificates().size(); i++) {
            TlsConfig.Certificate certificate = tls.certificates().get(i);
            String at = path + ".certificates[" + i + "]";
            readable(certificate.certificate(), at + ".certificate");
            readable(certificate.privateKey(), at + ".privateKey");
        }
        if (tls.clientCa() != null) {
            readable(tls.clientCa(), path + ".clientCa");
        }
        if (problems.count() == before) {
            usable(tls, path);
        }
    }

    /** Files that are there may still hold no certificate, or a key that belongs to another. */
    private void usable(TlsConfig tls, String path) {
        try {
            ServerTls.load(tls, Duration.ofSeconds(1));
        } catch (TlsFailure e) {
            problems.add(document.nearest(path), String.valueOf(e.getMessage()), "certificates that can be served");
        }
    }

    private void readable(Path file, String path) {
        ReadableFile.is(file, document, path, problems);
    }
}
