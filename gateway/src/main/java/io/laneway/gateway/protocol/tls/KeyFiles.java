package io.laneway.gateway.protocol.tls;

import io.laneway.router.tls.TlsFiles;
import io.laneway.router.tls.TlsMaterial;
import java.nio.file.Path;

/** A certificate and its key: BoringSSL takes any pair, and the other side would be the first to notice. Stateless. */
final class KeyFiles {

    private KeyFiles() {}

    /** Reads both; refuses a key that is not the certificate's. */
    static TlsMaterial read(Path certificate, Path key) throws TlsFailure {
        try {
            return new TlsFiles(certificate, key, null).read();
        } catch (IllegalArgumentException e) {
            throw new TlsFailure("TLS", e);
        }
    }
}
