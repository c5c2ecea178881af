package io.laneway.k8s.inject;

import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsFiles;
import io.laneway.router.tls.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate and its key in PEM files that are replaced while the server runs, as cert-manager does. Safe for many
 * threads; reading blocks.
 */
public final class PemTls {

    private static final char[] NO_PASSWORD = {};

    private final Path certificate;
    private final RenewedTls files;

    /** @throws IllegalArgumentException if the files do not hold a certificate and its key */
    public PemTls(Path certificate, Path key) {
        this.certificate = certificate;
        this.files = new RenewedTls(new TlsFiles(certificate, key, null));
    }

    /** The file with the certificate. */
    Path certificate() {
        return certificate;
    }

    /** What the server shows at first. */
    SSLContext context() {
        return made(files.current());
    }

    /** Has something use it, now and whenever it is renewed. */
    void use(Consumer<SSLContext> user) {
        files.use(renewed -> user.accept(made(renewed)));
    }

    /** Reads the files again if they changed. */
    RenewedTls.Look look() {
        return files.look();
    }

    /** What is wrong with the files, empty for nothing. */
    String problem() {
        return files.problem();
    }

    private static SSLContext made(TlsMaterial from) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(
                    "server", from.privateKey(), NO_PASSWORD, from.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("certificate: " + e.getMessage(), e);
        }
    }
}
