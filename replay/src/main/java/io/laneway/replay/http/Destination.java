package io.laneway.replay.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where all requests of a replay go. Immutable.
 *
 * @param ca certificates (PEM) that the server's must chain to, null for the system's
 * @param insecure whether any certificate is taken
 * @param connections HTTP/1.1 connections at most
 * @param bodies bytes of a response's body that are kept
 */
public record Destination(URI to, @Nullable Path ca, boolean insecure, int connections, Duration timeout, int bodies) {

    public Destination {
        boolean http = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
        boolean alone = to.getRawQuery() == null
                && to.getRawFragment() == null
                && to.getRawUserInfo() == null
                && (to.getRawPath() == null || to.getRawPath().matches("/?"));
        if (!http || to.getHost() == null || !alone) {
            throw new IllegalArgumentException(to + " (expected: a URL such as https://gateway:8443, without a path)");
        }
    }

    boolean tls() {
        return "https".equals(to.getScheme());
    }

    String host() {
        return to.getHost().startsWith("[")
                ? to.getHost().substring(1, to.getHost().length() - 1)
                : to.getHost();
    }

    int port() {
        return to.getPort() > 0 ? to.getPort() : tls() ? 443 : 80;
    }
}
