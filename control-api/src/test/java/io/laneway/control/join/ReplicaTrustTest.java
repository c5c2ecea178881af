package io.laneway.control.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsFiles;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes with replicas whose certificate is renewed earlier or later than the own one. */
class ReplicaTrustTest {

    @TempDir
    Path directory;

    private X509Bundle authority;
    private RenewedTls tls;
    private SSLContext client;

    @BeforeEach
    void start() throws Exception {
        authority = new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private X509Bundle renewed() throws Exception {
        X509Bundle made = new CertificateBuilder()
                .subject("CN=control")
                .addSanDnsName("control")
                .buildIssuedBy(authority);
        Files.writeString(directory.resolve("tls.crt"), made.getCertificatePEM());
        Files.writeString(directory.resolve("tls.key"), made.getPrivateKeyPEM());
        if (tls == null) {
            tls = new RenewedTls(new TlsFiles(directory.resolve("tls.crt"), directory.resolve("tls.key"), null));
            client = SSLContext.getInstance("TLS");
            client.init(null, new TrustManager[] {new ReplicaTrust(tls)}, null);
        } else {
            assertThat(tls.look()).isEqualTo(RenewedTls.Look.RENEWED);
        }
        return made;
    }

    private void shake(X509Bundle shown) throws Exception {
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(shown.toKeyManagerFactory().getKeyManagers(), null, null);
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            try (SSLSocket socket = (SSLSocket)
                    client.getSocketFactory().createSocket(listening.getInetAddress(), listening.getLocalPort())) {
                socket.startHandshake();
            }
            accepted.join();
        }
    }

    @Test
    void takesTheCertificateInForceAndTheOneBeforeIt() throws Exception {
        X509Bundle first = renewed();
        shake(first);
        X509Bundle second = renewed();
        shake(second);
        shake(first);
        X509Bundle third = renewed();
        shake(third);
        shake(second);
        assertThatThrownBy(() -> shake(first)).isInstanceOf(SSLException.class);
    }
}
