package io.laneway.k8s.inject;

import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key in PEM files that are replaced while the server runs, as cert-manager does. Safe for many
 * threads; reading blocks.
 */
public final class PemTls {

    private final Path certificate;
    private final Path key;
    private @Nullable FileTime read;

    public PemTls(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** The file with the certificate. */
    Path certificate() {
        return certificate;
    }

    /**
     * What the files hold, if they are newer than what was read last; else null.
     *
     * @throws IOException              if a file cannot be read
     * @throws IllegalArgumentException if they do not hold a certificate and its key
     */
    public synchronized @Nullable SSLContext changed() throws IOException {
        FileTime first = Files.getLastModifiedTime(certificate);
        FileTime second = Files.getLastModifiedTime(key);
        FileTime newest = first.compareTo(second) >= 0 ? first : second;
        if (newest.equals(read)) {
            return null;
        }
        SSLContext made = context();
        read = newest;
        return made;
    }

    private SSLContext context() throws IOException {
        String algorithm = Files.readString(key).contains("BEGIN EC ") ? "EC" : "RSA";
        try {
            return context(algorithm);
        } catch (GeneralSecurityException e) {
            try {
                return context("EC");
            } catch (GeneralSecurityException again) {
                throw new IllegalArgumentException(
                        certificate + " and " + key + ": " + e.getMessage() + " (expected: a certificate and its key)",
                        e);
            }
        }
    }

    private SSLContext context(String algorithm) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                SSLUtils.keyManagers(null, certificate.toString(), null, key.toString(), algorithm, "", null, null),
                null,
                null);
        return context;
    }
}
