package io.laneway.gateway.testkit;

import io.laneway.gateway.config.Address;
import io.laneway.gateway.config.GatewayConfig;
import io.laneway.gateway.config.ListenerConfig;
import io.laneway.gateway.config.PathConfig;
import io.laneway.gateway.config.TlsConfig;
import io.laneway.gateway.config.Trust;
import io.laneway.gateway.config.UnknownHost;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An authority of certificates for one test run, a server's certificate by it, and one of a client. */
public final class TestTls {

    private final Path directory;
    private final X509Bundle authority;
    private final X509Bundle server;
    private final X509Bundle client;

    private TestTls() throws Exception {
        directory = Files.createTempDirectory("laneway-tls");
        authority = new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        server = new CertificateBuilder()
                .subject("CN=a.test")
                .addSanDnsName("a.test")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .buildIssuedBy(authority);
        client = new CertificateBuilder()
                .subject("CN=some client")
                .addSanUriName("spiffe://test/client")
                .buildIssuedBy(authority);
        write("ca.pem", authority.getCertificatePEM());
        write("server.pem", server.getCertificatePathPEM());
        write("server.key", server.getPrivateKeyPEM());
        write("client.pem", client.getCertificatePathPEM());
        write("client.key", client.getPrivateKeyPEM());
    }

    public static TestTls make() {
        try {
            return new TestTls();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String pem) {
        try {
            Files.writeString(directory.resolve(name), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** The same configuration with an external listener over TLS. */
    public GatewayConfig addListener(GatewayConfig config, String name) {
        return addListener(config, name, false);
    }

    /** The same configuration with an external listener over TLS, which may ask for client certificates. */
    public GatewayConfig addListener(GatewayConfig config, String name, boolean mutual) {
        TlsConfig tls = new TlsConfig(
                List.of(new TlsConfig.Certificate(file("server.pem"), file("server.key"))),
                mutual ? file("ca.pem") : null,
                TlsConfig.Version.V1_2,
                false);
        List<ListenerConfig> listeners = new ArrayList<>(config.listeners());
        listeners.add(new ListenerConfig(
                name,
                new Address("127.0.0.1", 0),
                Trust.EXTERNAL,
                true,
                null,
                null,
                UnknownHost.REFUSE,
                tls,
                false,
                0,
                PathConfig.DEFAULT));
        return TestGateway.with(config, listeners);
    }

    /** A connection over TLS that offers one protocol by ALPN. */
    public SSLSocket connect(int port, String protocol) {
        return connect(port, protocol, null);
    }

    /** As {@link #connect(int, String)}, with the client's certificate. */
    public SSLSocket connectAsClient(int port, String protocol) {
        try {
            return connect(port, protocol, client.toKeyManagerFactory().getKeyManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLSocket connect(int port, String protocol, KeyManager @Nullable [] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = authority.toTrustManagerFactory().getTrustManagers();
            context.init(keys, trust, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
