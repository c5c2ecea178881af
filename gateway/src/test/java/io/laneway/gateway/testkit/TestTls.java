package io.laneway.gateway.testkit;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.PathConfig;
import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.gateway.runtime.config.UnknownHost;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
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
                .addSanUriName("spiffe://test/server")
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

    /**
     * The authority's OCSP response for the server's certificate or one that was {@linkplain #issue issued}, good until
     * then.
     */
    public byte[] ocsp(String name, Instant until) {
        try (InputStream in = Files.newInputStream(file(name + ".pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return OcspResponse.good(
                    certificate,
                    authority.getCertificate(),
                    authority.getKeyPair().getPrivate(),
                    until);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
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

    /** Writes another certificate by the authority, for other names, as {@code NAME.pem} and {@code NAME.key}. */
    public TestTls issue(String name, String subject, String... hosts) {
        try {
            CertificateBuilder builder = new CertificateBuilder().subject(subject);
            for (String host : hosts) {
                builder = builder.addSanDnsName(host);
            }
            return write(name, builder.buildIssuedBy(authority));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TestTls write(String name, X509Bundle bundle) {
        write(name + ".pem", bundle.getCertificatePathPEM());
        write(name + ".key", bundle.getPrivateKeyPEM());
        return this;
    }

    /** A server's socket with the server's certificate; it may ask for one by another authority. */
    public ServerSocket listen(@Nullable TestTls clients) {
        return listen(clients, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** A server's socket at that address, with the server's certificate. */
    public ServerSocket listenAt(InetSocketAddress address) {
        return listen(null, address);
    }

    private ServerSocket listen(@Nullable TestTls clients, InetSocketAddress address) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = clients == null
                    ? null
                    : clients.authority.toTrustManagerFactory().getTrustManagers();
            context.init(server.toKeyManagerFactory().getKeyManagers(), trust, null);
            SSLServerSocket socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(address.getPort(), 50, address.getAddress());
            socket.setNeedClientAuth(clients != null);
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TLS as the server over a connection that stands, which may be closed underneath, without a goodbye. */
    public SSLSocket serve(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, null, plain.getPort(), false);
        socket.setUseClientMode(false);
        return socket;
    }

    /** What a server needs to speak TLS with the server's certificate. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(server.toKeyManagerFactory().getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same configuration with an external listener over TLS, which may ask for client certificates. */
    public GatewayConfig addListener(GatewayConfig config, String name, boolean mutual) {
        return addListener(config, name, tls(mutual ? file("ca.pem") : null, TlsConfig.Version.V1_2, "server"));
    }

    /** TLS with these certificates. */
    public TlsConfig tls(@Nullable Path clientCa, TlsConfig.Version oldest, String... names) {
        List<TlsConfig.Certificate> certificates = Arrays.stream(names)
                .map(name -> new TlsConfig.Certificate(file(name + ".pem"), file(name + ".key")))
                .toList();
        return new TlsConfig(certificates, clientCa, oldest, false);
    }

    /** The same configuration with an external listener that speaks TLS so. */
    public static GatewayConfig addListener(GatewayConfig config, String name, TlsConfig tls) {
        return addListener(config, name, tls, false);
    }

    /** The same, behind a proxy that sends PROXY headers. */
    public static GatewayConfig addListener(GatewayConfig config, String name, TlsConfig tls, boolean proxied) {
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
                proxied,
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

    /** As {@link #connectAsClient(int, String)}, with another certificate, sent even if the server does not want it. */
    public SSLSocket connectAs(int port, X509Bundle other) {
        return connect(port, (String) null, new KeyManager[] {new StubbornKeys(other)});
    }

    /**
     * The same, asking for a server by its name.
     *
     * @param other null to show none
     * @param name  null to ask for none
     */
    public SSLSocket connectAs(int port, @Nullable X509Bundle other, @Nullable String name) {
        return connect(port, other == null ? null : new KeyManager[] {new StubbornKeys(other)}, parameters -> {
            if (name != null) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
        });
    }

    /** What signs the certificates here. */
    public X509Bundle authority() {
        return authority;
    }

    private SSLSocket connect(int port, @Nullable String protocol, KeyManager @Nullable [] keys) {
        return connect(port, keys, parameters -> {
            if (protocol != null) {
                parameters.setApplicationProtocols(new String[] {protocol});
            }
        });
    }

    /** A connection to a server of another authority, with our client's certificate. */
    public SSLSocket connectAsClientTo(TestTls server, int port) {
        try {
            return server.connect(port, client.toKeyManagerFactory().getKeyManagers(), parameters -> {});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs to trust the servers here. */
    public SSLContext trusting() {
        try {
            return trusting(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext trusting(KeyManager @Nullable [] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] trust = authority.toTrustManagerFactory().getTrustManagers();
        context.init(keys, trust, null);
        return context;
    }

    /** A connection over TLS with parameters of its own. */
    public SSLSocket connect(int port, Consumer<SSLParameters> settings) {
        return connect(port, null, settings);
    }

    private SSLSocket connect(int port, KeyManager @Nullable [] keys, Consumer<SSLParameters> settings) {
        try {
            return over(new Socket(InetAddress.getLoopbackAddress(), port), keys, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TLS over a connection that stands. */
    public SSLSocket over(Socket socket) {
        return over(socket, parameters -> {});
    }

    /** The same with parameters of its own. */
    public SSLSocket over(Socket socket, Consumer<SSLParameters> settings) {
        try {
            return over(socket, null, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLSocket over(Socket plain, KeyManager @Nullable [] keys, Consumer<SSLParameters> settings)
            throws IOException {
        try {
            SSLContext context = trusting(keys);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            settings.accept(parameters);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
