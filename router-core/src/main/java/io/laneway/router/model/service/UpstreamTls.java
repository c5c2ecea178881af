package io.laneway.router.model.service;

import org.jspecify.annotations.Nullable;

/**
 * How a gateway speaks TLS to a deployment. Immutable. Files are PEM, read and watched by the gateway.
 *
 * @param ca          certificates to trust; null means the system's
 * @param serverName  the name to ask for and to verify; null means the host of the endpoint
 * @param certificate our certificate for mutual TLS, with {@code privateKey}
 * @param verify      false accepts any certificate
 */
public record UpstreamTls(
        @Nullable String ca,
        @Nullable String serverName,
        @Nullable String certificate,
        @Nullable String privateKey,
        boolean verify) {

    /** System trust, verification on, no client certificate. */
    public static final UpstreamTls DEFAULT = new UpstreamTls(null, null, null, null, true);

    public UpstreamTls {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("certificate and privateKey: one without the other (expected: both)");
        }
    }
}
