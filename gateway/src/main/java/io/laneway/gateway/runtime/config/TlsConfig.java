package io.laneway.gateway.runtime.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a listener speaks TLS. Immutable. Files are PEM, read and watched while the gateway runs.
 *
 * @param certificates the first is for clients that name no server known to another
 * @param clientCa     certificates that client certificates must chain to; null asks for none
 * @param ocspStapling whether to staple OCSP responses
 * @param directory    has more certificates, which come and go while the gateway runs; null for none
 */
public record TlsConfig(
        List<Certificate> certificates,
        @Nullable Path clientCa,
        Version minVersion,
        boolean ocspStapling,
        @Nullable Path directory) {

    /** Those that are named alone. */
    public TlsConfig(
            List<Certificate> certificates, @Nullable Path clientCa, Version minVersion, boolean ocspStapling) {
        this(certificates, clientCa, minVersion, ocspStapling, null);
    }

    public TlsConfig {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() && directory == null) {
            throw new IllegalArgumentException("certificates: [] (expected: at least one, or a directory)");
        }
        Objects.requireNonNull(minVersion, "minVersion");
    }

    /** A certificate chain with its key. */
    public record Certificate(Path certificate, Path privateKey) {
        public Certificate {
            Objects.requireNonNull(certificate, "certificate");
            Objects.requireNonNull(privateKey, "privateKey");
        }
    }

    /** The oldest version spoken. */
    public enum Version {
        V1_2("1.2"),
        V1_3("1.3");

        private final String word;

        Version(String word) {
            this.word = word;
        }

        /** The word in the document. */
        public String word() {
            return word;
        }
    }
}
