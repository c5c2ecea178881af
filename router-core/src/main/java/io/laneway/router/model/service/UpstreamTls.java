package io.laneway.router.model.service;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway speaks TLS to a deployment. Immutable. Files are PEM, read and watched by the gateway.
 *
 * @param ca          certificates to trust: a file, or PEM itself; null means the system's
 * @param serverName  the name to ask for, and to verify where there are no {@code names}; null means the host of the endpoint
 * @param names       of which the certificate must have one: names of DNS, and URIs, which have a colon; none for
 *                    {@code serverName}
 * @param certificate our certificate for mutual TLS, with {@code privateKey}
 * @param verify      false accepts any certificate
 */
public record UpstreamTls(
        @Nullable String ca,
        @Nullable String serverName,
        List<String> names,
        @Nullable String certificate,
        @Nullable String privateKey,
        boolean verify) {

    /** System trust, verification on, no client certificate. */
    public static final UpstreamTls DEFAULT = new UpstreamTls(null, null, null, null, true);

    private static final String PEM = "-----BEGIN ";

    public UpstreamTls {
        names = List.copyOf(names);
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("certificate and privateKey: one without the other (expected: both)");
        }
    }

    /** The name that is asked for is the one that is verified. */
    public UpstreamTls(
            @Nullable String ca,
            @Nullable String serverName,
            @Nullable String certificate,
            @Nullable String privateKey,
            boolean verify) {
        this(ca, serverName, List.of(), certificate, privateKey, verify);
    }

    /** The certificates to trust where they are given themselves, in PEM; null where a file has them, or the system. */
    public @Nullable String authorities() {
        return ca != null && ca.startsWith(PEM) ? ca : null;
    }

    /** The file with the certificates to trust; null where there is none. */
    public @Nullable String authoritiesFile() {
        return authorities() == null ? ca : null;
    }

    /** All files that it names. */
    public Stream<String> files() {
        return Stream.of(authoritiesFile(), certificate, privateKey).filter(file -> file != null);
    }

    /** Whether a name of {@link #names()} is a URI, else one of DNS. */
    public static boolean isUri(String name) {
        return name.indexOf(':') >= 0;
    }
}
