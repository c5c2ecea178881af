package io.laneway.router.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files in PEM. Immutable; reading blocks on the disk.
 *
 * @param certificate a certificate and those that signed it, null for none
 * @param privateKey  its key, in PKCS#8, PKCS#1 or SEC 1; null for none
 * @param authorities whose certificates are trusted, null for none
 */
public record TlsFiles(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @Nullable Path authorities) {

    public TlsFiles {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("certificate and privateKey: one without the other (expected: both)");
        }
    }

    /**
     * What the files hold.
     *
     * @throws IllegalArgumentException if one cannot be read, holds something else, or a key is not its certificate's
     */
    public TlsMaterial read() {
        return content().read();
    }

    /** The files as they are now, not looked into. */
    TlsContent content() {
        return new TlsContent(PemFile.of(certificate), PemFile.of(privateKey), PemFile.of(authorities));
    }
}
