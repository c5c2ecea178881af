package io.laneway.gateway.traffic.token;

import io.laneway.router.access.RegularFile;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The client that asks servers of keys. Their certificates are those of a file of authorities, which is looked at before
 * each question, or of the JVM's trust store. Safe for many threads.
 */
final class KeyClient {

    private final Executor threads;
    private final @Nullable Path authorities;
    private byte[] known = {};
    private @Nullable HttpClient client;

    /** @param authorities a PEM file; null for the JVM's trust store */
    KeyClient(Executor threads, @Nullable Path authorities) {
        this.threads = threads;
        this.authorities = authorities;
    }

    /**
     * The client as of now. Blocks on the disk.
     *
     * @throws IOException if the file cannot be read or holds no certificate
     */
    synchronized HttpClient get() throws IOException {
        byte[] now = authorities == null ? known : RegularFile.bytes(authorities);
        if (client == null || !Arrays.equals(known, now)) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads);
            client = (authorities == null ? builder : builder.sslContext(trusting(authorities, now))).build();
            known = now;
        }
        return client;
    }

    private static SSLContext trusting(Path file, byte[] pem) throws IOException {
        try {
            JdkSslContext context = (JdkSslContext) SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(new ByteArrayInputStream(pem))
                    .build();
            return context.context();
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + " (expected: certificates in PEM): " + e.getMessage(), e);
        }
    }
}
