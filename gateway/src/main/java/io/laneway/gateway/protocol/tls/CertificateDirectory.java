package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certificates in a directory: each {@code NAME.crt} with a {@code NAME.key} beside it. Blocks on the disk; stateless.
 */
final class CertificateDirectory {

    private static final String CERTIFICATE = ".crt";

    private CertificateDirectory() {}

    /** Those that are there now, in the order of their names; none where there is no such directory. */
    static List<TlsConfig.Certificate> list(@Nullable Path directory) {
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(CERTIFICATE))
                    .sorted()
                    .map(file -> new TlsConfig.Certificate(file, key(file)))
                    .filter(pair -> Files.isRegularFile(pair.privateKey()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // It went away meanwhile.
            return List.of();
        }
    }

    private static Path key(Path certificate) {
        String name = String.valueOf(certificate.getFileName());
        return certificate.resolveSibling(name.substring(0, name.length() - CERTIFICATE.length()) + ".key");
    }
}
