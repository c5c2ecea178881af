package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.router.model.service.UpstreamTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends of TLS by the same engine, whichever of the two that is. */
@ParameterizedClass
@EnumSource(names = {"JDK", "OPENSSL"})
class UpstreamTlsContextsTest {

    private static final TestTls TLS = TestTls.make();
    private static final TestTls OTHERS = TestTls.make();

    @Parameter
    SslProvider provider;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private UpstreamTlsContexts contexts;

    @BeforeEach
    void start() {
        contexts = new UpstreamTlsContexts(() -> provider);
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static UpstreamTls trusting(TestTls authority) {
        return new UpstreamTls(authority.file("ca.pem").toString(), null, null, null, true);
    }

    private static UpstreamTls showing(TestTls ours) {
        return new UpstreamTls(
                TLS.file("ca.pem").toString(),
                null,
                ours.file("client.pem").toString(),
                ours.file("client.key").toString(),
                true);
    }

    /** Shakes hands for a name; tells what the endpoint speaks then, or why it failed. */
    private String shake(UpstreamTls tls, String name, boolean mutual) throws Exception {
        ServerTls server = ServerTls.load(
                TLS.tls(mutual ? TLS.file("ca.pem") : null, Version.V1_2, "server"), Duration.ofSeconds(5), provider);
        Channel listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(server.handler());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        SslContext context = contexts.context(tls, true);
        CompletableFuture<SslHandler> made = new CompletableFuture<>();
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = context.newHandler(channel.alloc(), name, port);
                        channel.pipeline().addLast(handler);
                        made.complete(handler);
                    }
                })
                .connect("127.0.0.1", port)
                .syncUninterruptibly();
        SslHandler handler = made.get(10, TimeUnit.SECONDS);
        boolean done = handler.handshakeFuture().await(10, TimeUnit.SECONDS)
                && handler.handshakeFuture().isSuccess();
        return done
                ? handler.applicationProtocol()
                : HandshakeFailures.reason(handler.handshakeFuture().cause());
    }

    @Test
    void verifiesAuthorityAndName() throws Exception {
        assertThat(shake(trusting(TLS), "a.test", false)).isEqualTo("h2");
        assertThat(shake(trusting(TLS), "127.0.0.1", false)).isEqualTo("h2");
        assertThat(shake(trusting(TLS), "b.test", false)).isEqualTo("its certificate is for another name");
        assertThat(shake(trusting(OTHERS), "a.test", false)).isEqualTo("its certificate is not trusted");
        assertThat(shake(UpstreamTls.DEFAULT, "a.test", false)).isEqualTo("its certificate is not trusted");
        assertThat(shake(new UpstreamTls(null, null, null, null, false), "b.test", false))
                .isEqualTo("h2");
    }

    @Test
    void verifiesTheNamesThatAreGivenInsteadOfTheOneThatIsAskedFor() throws Exception {
        assertThat(shake(named(TLS, "a.test"), "b.test", false)).isEqualTo("h2");
        assertThat(shake(named(TLS, "c.test", "A.test"), "a.test", false)).isEqualTo("h2");
        assertThat(shake(named(TLS, "c.test", "spiffe://test/server"), "a.test", false))
                .isEqualTo("h2");
        assertThat(shake(named(TLS, "c.test", "spiffe://test/other"), "a.test", false))
                .isEqualTo("its certificate is for another name");
        assertThat(shake(named(OTHERS, "a.test"), "a.test", false)).isEqualTo("its certificate is not trusted");
    }

    @Test
    void trustsAuthoritiesThatAreGivenThemselves() throws Exception {
        String pem = Files.readString(TLS.file("ca.pem"));
        assertThat(shake(new UpstreamTls(pem, null, null, null, true), "a.test", false))
                .isEqualTo("h2");
        assertThat(shake(new UpstreamTls(pem, null, null, null, true), "b.test", false))
                .isEqualTo("its certificate is for another name");
        String strange = Files.readString(OTHERS.file("ca.pem"));
        assertThat(shake(new UpstreamTls(strange, null, null, null, true), "a.test", false))
                .isEqualTo("its certificate is not trusted");
        contexts.reloadIfChanged();
        assertThat(contexts.problems()).isEmpty();
        UpstreamTls broken = new UpstreamTls("-----BEGIN CERTIFICATE-----\nAA==\n", null, null, null, true);
        assertThatThrownBy(() -> contexts.context(broken, false))
                .isInstanceOf(TlsFailure.class)
                .hasMessageStartingWith("certificate ca (expected: PEM)");
    }

    private static UpstreamTls named(TestTls authority, String... names) {
        return new UpstreamTls(authority.file("ca.pem").toString(), null, List.of(names), null, null, true);
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, a.test, true",
        "A.test, a.TEST, true",
        "*.test, a.test, true",
        "*.test, a.b.test, false",
        "*.b.test, a.b.test, true",
        "*.test, test, false",
        "*.test, .test, false",
        "*, a, false",
        "a.test, *.test, false",
        "*.test, *.test, true",
    })
    void aWildcardStandsForOneLabel(String shown, String name, boolean covered) {
        assertThat(NamedTrust.covers(shown, name)).isEqualTo(covered);
    }

    @Test
    void showsACertificateToWhoAsks() throws Exception {
        assertThat(shake(showing(TLS), "a.test", true)).isEqualTo("h2");
    }

    @Test
    void readsFilesAgainThatChangedAndKeepsWhatIsInForceIfTheyAreBroken() throws Exception {
        TestTls changing = TestTls.make();
        UpstreamTls tls = trusting(changing);
        assertThat(shake(tls, "a.test", false)).isEqualTo("its certificate is not trusted");

        Files.writeString(changing.file("ca.pem"), Files.readString(TLS.file("ca.pem")));
        contexts.reloadIfChanged();
        assertThat(shake(tls, "a.test", false)).isEqualTo("h2");

        Files.writeString(changing.file("ca.pem"), "nonsense");
        contexts.reloadIfChanged();
        assertThat(shake(tls, "a.test", false)).isEqualTo("h2");
        assertThat(contexts.problems()).singleElement().asString().contains("ca.pem");
    }

    @Test
    void aPairThatIsHalfWrittenChangesNothing() throws Exception {
        TestTls changing = TestTls.make();
        for (String file : List.of("client.pem", "client.key")) {
            Files.writeString(changing.file(file), Files.readString(TLS.file(file)));
        }
        UpstreamTls tls = showing(changing);
        assertThat(shake(tls, "a.test", true)).isEqualTo("h2");

        TLS.issue("renewed-" + provider, "CN=some client", "c.test");
        Path certificate = TLS.file("renewed-" + provider + ".pem");
        Files.writeString(changing.file("client.pem"), Files.readString(certificate));
        contexts.reloadIfChanged();
        assertThat(shake(tls, "a.test", true)).isEqualTo("h2");
        assertThat(contexts.problems()).singleElement().asString().contains("client.key", "is another's");

        Path key = TLS.file("renewed-" + provider + ".key");
        Files.writeString(changing.file("client.key"), Files.readString(key));
        contexts.reloadIfChanged();
        assertThat(shake(tls, "a.test", true)).isEqualTo("h2");
        assertThat(contexts.problems()).isEmpty();
    }

    @Test
    @Timeout(20)
    void aPipeInPlaceOfAFileIsNotOpened() throws Exception {
        Path pipe = TLS.file("pipe-" + provider);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        UpstreamTls tls = new UpstreamTls(pipe.toString(), null, null, null, true);

        assertThatThrownBy(() -> contexts.context(tls, false))
                .isInstanceOf(TlsFailure.class)
                .hasMessageContaining(pipe + " is a pipe, socket or device (expected: a regular file)");
    }

    @Test
    void namesTheFileThatIsMissing() {
        assertThatThrownBy(() -> contexts.context(new UpstreamTls("/nowhere/ca.pem", null, null, null, true), false))
                .isInstanceOf(TlsFailure.class)
                .hasMessageContaining("/nowhere/ca.pem");
    }
}
