package io.laneway.router.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was in {@link TlsFiles} at one moment, to be compared with another. Immutable. */
record TlsContent(
        @Nullable PemFile certificate,
        @Nullable PemFile key,
        @Nullable PemFile authorities) {

    /**
     * What it says.
     *
     * @throws IllegalArgumentException if a file could not be read or holds something else, or a key is not its certificate's
     */
    TlsMaterial read() {
        List<X509Certificate> chain = List.of();
        PrivateKey own = null;
        if (certificate != null && key != null) {
            List<X509Certificate> read = decoded("certificate " + certificate, certificate, PemCertificates::of);
            own = decoded(
                    "key " + key + " for certificate " + certificate,
                    key,
                    text -> PrivateKeys.of(text, read.get(0).getPublicKey()));
            chain = read;
        }
        return new TlsMaterial(
                chain,
                own,
                authorities == null
                        ? List.of()
                        : decoded("authorities " + authorities, authorities, PemCertificates::of));
    }

    private static <T> T decoded(String what, PemFile file, Function<String, T> decoder) {
        try {
            return decoder.apply(file.read());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
        }
    }
}
