package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.runtime.config.TlsConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(names = {"JDK", "OPENSSL"})
class ServerTlsTest {

    /** What PKCS#8 has before the key of RSA in PKCS#1. */
    private static final int PKCS8_HEADER = 26;

    @Parameter
    SslProvider provider;

    @TempDir
    Path folder;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void choosesTheCertificateByServerName() throws Exception {
        ServerTls tls = load(config(write("one", "one.example.com"), write("wild", "*.two.example.com")));
        int port = listen(tls);

        assertThat(subject(port, "one.example.com")).contains("CN=one.example.com");
        assertThat(subject(port, "A.Two.example.com")).contains("CN=*.two.example.com");
        assertThat(subject(port, "unknown.example.org")).contains("CN=one.example.com");
    }

    @Test
    void exchangesCertificatesWhenTheirFilesChange() throws Exception {
        ServerTls tls = load(config(write("cert", "old.example.com")));
        int port = listen(tls);
        assertThat(subject(port, "x")).contains("old");

        write("cert", "new.example.com");
        tls.reloadIfChanged();

        assertThat(subject(port, "x")).contains("new");
        assertThat(tls.problem()).isEmpty();
    }

    @Test
    void certificatesOfADirectoryComeAndGo() throws Exception {
        ServerTls tls = load(new TlsConfig(List.of(), null, TlsConfig.Version.V1_2, false, folder.resolve("all")));
        int port = listen(tls);
        assertThatThrownBy(() -> subject(port, "a.example.com")).hasMessageContaining("handshake");

        Files.createDirectory(folder.resolve("all"));
        listed("all/a", "a.example.com");
        listed("all/b", "*.b.example.com");
        Files.writeString(folder.resolve("all/broken.crt"), "nonsense");
        Files.writeString(folder.resolve("all/broken.key"), "nonsense");
        tls.reloadIfChanged();
        assertThat(subject(port, "x.b.example.com")).contains("CN=*.b.example.com");
        assertThat(subject(port, "unknown.example.org")).contains("CN=a.example.com");
        assertThat(tls.problem()).contains("broken.crt");

        Files.delete(folder.resolve("all/broken.crt"));
        listed("all/a", "new.example.com");
        Files.delete(folder.resolve("all/b.key"));
        tls.reloadIfChanged();
        assertThat(subject(port, "x.b.example.com")).contains("CN=new.example.com");
        assertThat(tls.problem()).isEmpty();
    }

    private void listed(String file, String name) throws Exception {
        TlsConfig.Certificate pair = write(file, name);
        Files.move(pair.certificate(), folder.resolve(file + ".crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void knowsWhenTheCertificatesInForceEnd() throws Exception {
        Instant soon = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
        Instant late = soon.plusSeconds(86_400);
        TlsConfig.Certificate files = write("cert", "a.example.com", late);
        ServerTls tls = load(config(files, write("other", "b.example.com", soon)));
        assertThat(tls.ends())
                .extracting(CertificateEnd::notAfter)
                .containsExactly(late.getEpochSecond(), soon.getEpochSecond());
        assertThat(tls.ends().get(0).file()).isEqualTo(files.certificate().toString());

        write("cert", "a.example.com", soon.plusSeconds(1));
        tls.reloadIfChanged();
        assertThat(tls.ends().get(0).notAfter()).isEqualTo(soon.getEpochSecond() + 1);

        Files.writeString(files.certificate(), "nonsense");
        tls.reloadIfChanged();
        assertThat(tls.ends().get(0).notAfter()).as("what serves").isEqualTo(soon.getEpochSecond() + 1);

        write("cert", "a.example.com", late);
        Files.writeString(
                files.certificate(),
                Files.readString(files.certificate()) + Files.readString(folder.resolve("other.pem")));
        assertThat(KeyFiles.read(files.certificate(), files.privateKey()).notAfter())
                .as("the earliest of a chain")
                .isEqualTo(soon.getEpochSecond());
    }

    @Test
    void keepsTheOldCertificateWhenTheNewFileIsBrokenAndSaysSo() throws Exception {
        TlsConfig.Certificate files = write("cert", "old.example.com");
        ServerTls tls = load(config(files));
        int port = listen(tls);

        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        tls.reloadIfChanged();

        assertThat(subject(port, "x")).contains("old");
        assertThat(tls.problem()).contains(files.certificate().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cert.pem", "cert.key"})
    @Timeout(20)
    void aPipeInPlaceOfAFileIsNotOpened(String name) throws Exception {
        ServerTls tls = load(config(write("cert", "old.example.com")));
        Path file = folder.resolve(name);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        tls.reloadIfChanged();

        assertThat(tls.problem()).contains(file + " is a pipe, socket or device (expected: a regular file)");
        assertThat(subject(listen(tls), "x")).contains("old");
    }

    @Test
    void namesTheFileThatIsMissing() {
        Path missing = folder.resolve("missing.pem");
        TlsConfig config = config(new TlsConfig.Certificate(missing, missing));

        assertThatThrownBy(() -> load(config)).isInstanceOf(TlsFailure.class).hasMessageContaining("missing.pem");
    }

    @Test
    void refusesAKeyThatBelongsToAnotherCertificate() throws Exception {
        TlsConfig.Certificate one = write("one", "one.example.com");
        TlsConfig.Certificate two = write("two", "two.example.com");
        TlsConfig config = config(new TlsConfig.Certificate(one.certificate(), two.privateKey()));

        assertThatThrownBy(() -> load(config)).isInstanceOf(TlsFailure.class).hasMessageContaining("one.pem");
    }

    /** The form of keys that cert-manager writes by default. */
    @Test
    void takesAKeyOfPkcs1() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=pkcs1.example.com")
                .algorithm(CertificateBuilder.Algorithm.rsa2048)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        byte[] whole = bundle.getKeyPair().getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(whole, PKCS8_HEADER, whole.length);
        TlsConfig.Certificate files = write("cert", "old.example.com");
        Files.writeString(files.certificate(), bundle.getCertificatePathPEM());
        Files.writeString(
                files.privateKey(),
                "-----BEGIN RSA PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pkcs1)
                        + "\n-----END RSA PRIVATE KEY-----\n");

        assertThat(subject(listen(load(config(files))), "x")).contains("pkcs1");
    }

    @Test
    void startsWithoutStaplingWhereTheEngineCannot() throws Exception {
        TlsConfig.Certificate files = write("cert", "one.example.com");
        int port = listen(load(new TlsConfig(List.of(files), null, TlsConfig.Version.V1_2, true)));

        assertThat(subject(port, "x")).contains("one");
    }

    @Test
    void writesTheIdentityOfAClientInTheFormOfEnvoy() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=caller, O=\"Shop; Ltd\"")
                .addSanDnsName("caller.example.com")
                .addSanUriName("spiffe://shop/caller")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();

        assertThat(PeerIdentity.text(bundle.getCertificate()))
                .matches("Hash=[0-9a-f]{64};Subject=\".*CN=caller.*\";(DNS=.*;URI=|URI=.*;DNS=).*")
                .contains("DNS=caller.example.com", "URI=spiffe://shop/caller");
    }

    private ServerTls load(TlsConfig config) throws TlsFailure {
        return ServerTls.load(config, Duration.ofSeconds(5), provider);
    }

    private static TlsConfig config(TlsConfig.Certificate... certificates) {
        return new TlsConfig(List.of(certificates), null, TlsConfig.Version.V1_2, false);
    }

    private TlsConfig.Certificate write(String file, String name) throws Exception {
        return write(file, name, Instant.now().plusSeconds(86_400));
    }

    private TlsConfig.Certificate write(String file, String name, Instant end) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=" + name)
                .notAfter(end)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificate = folder.resolve(file + ".pem");
        Path key = folder.resolve(file + ".key");
        Files.writeString(certificate, bundle.getCertificatePathPEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
        return new TlsConfig.Certificate(certificate, key);
    }

    private int listen(ServerTls tls) {
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel child) {
                        child.pipeline().addLast(tls.handler(), new ChannelInboundHandlerAdapter() {
                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                ctx.close();
                            }
                        });
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static String subject(int port, String serverName) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(5_000);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException e) {
            throw new AssertionError("handshake for " + serverName, e);
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
