package io.laneway.cli.remote;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS to a control API with certificates from PEM files, as Netty reads them. Stateless. */
final class ClientTls {

    private ClientTls() {}

    /** Null where the system's trust and no client certificate serve. */
    static @Nullable SSLContext of(Target target) {
        if (target.ca() == null && target.certificate() == null) {
            return null;
        }
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (target.ca() != null) {
            builder.trustManager(readable("--ca", target.ca()).toFile());
        }
        if (target.certificate() != null && target.key() != null) {
            builder.keyManager(
                    readable("--cert", target.certificate()).toFile(),
                    readable("--key", target.key()).toFile());
        }
        try {
            return ((JdkSslContext) builder.build()).context();
        } catch (SSLException | IllegalArgumentException e) {
            throw new CommandFailed("--ca, --cert, --key: " + e.getMessage() + " (expected: PEM files)");
        }
    }

    private static Path readable(String option, Path file) {
        if (!Files.isReadable(file)) {
            throw new CommandFailed(option + ": " + file + " cannot be read (expected: a PEM file)");
        }
        return file;
    }
}
