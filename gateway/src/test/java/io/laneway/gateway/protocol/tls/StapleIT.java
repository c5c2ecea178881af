package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laneway.gateway.runtime.config.TlsConfig;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OCSP responses are handed to clients with the certificate; broken ones leave TLS as it is and are told of. */
class StapleIT {

    private final TestTls tls = TestTls.make();

    /** The certificate's file holds its issuer too, as those of most authorities do. */
    @BeforeEach
    void chain() throws IOException {
        Files.writeString(tls.file("server.pem"), Files.readString(tls.file("ca.pem")), StandardOpenOption.APPEND);
    }

    private TlsConfig config() {
        TlsConfig plain = tls.tls(null, TlsConfig.Version.V1_2, "server");
        return new TlsConfig(plain.certificates(), null, plain.minVersion(), true);
    }

    private void write(byte[] response) throws IOException {
        Files.write(tls.file("server.pem.ocsp"), response);
    }

    /** What a client of Java's own TLS, which asks for it, is given. */
    private List<byte[]> stapled(String... versions) throws IOException {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()), each -> TestTls.addListener(each, "stapled", config()));
                SSLSocket socket =
                        tls.connect(gateway.port("stapled"), parameters -> parameters.setProtocols(versions))) {
            return ((ExtendedSSLSession) socket.getSession()).getStatusResponses();
        }
    }

    private String problem() throws TlsFailure {
        return ServerTls.load(config(), Duration.ofSeconds(5)).problem();
    }

    @Test
    void clientsAreGivenTheResponseWithTheCertificate() throws Exception {
        assumeTrue(Engines.staples(Engines.provider()));
        byte[] response = tls.ocsp("server", Instant.now().plus(Duration.ofHours(1)));
        write(response);

        assertThat(problem()).isEmpty();
        assertThat(stapled("TLSv1.3")).containsExactly(response);
        assertThat(stapled("TLSv1.2")).containsExactly(response);
    }

    @Test
    void aMissingResponseIsToldOf() throws Exception {
        assumeTrue(Engines.staples(Engines.provider()));
        assertThat(problem()).contains("server.pem.ocsp: no such file");
        assertThat(stapled("TLSv1.3")).isEmpty();
    }

    @Test
    void whatIsNoResponseIsNotStapled() throws Exception {
        assumeTrue(Engines.staples(Engines.provider()));
        for (byte[] broken :
                List.of(new byte[0], new byte[] {0x30, 3, 0x0a, 1, 6}, "-----BEGIN".getBytes(StandardCharsets.UTF_8))) {
            write(broken);
            assertThat(problem()).contains("server.pem.ocsp: no successful response");
            assertThat(stapled("TLSv1.3")).isEmpty();
        }
    }

    @Test
    void aResponseThatIsOverOrForAnotherCertificateIsNotStapled() throws Exception {
        assumeTrue(Engines.staples(Engines.provider()));
        write(tls.ocsp("server", Instant.now().minus(Duration.ofHours(1))));
        assertThat(problem()).contains("server.pem.ocsp: ");
        assertThat(stapled("TLSv1.3")).isEmpty();

        tls.issue("other", "CN=other", "other.test");
        write(tls.ocsp("other", Instant.now().plus(Duration.ofHours(1))));
        assertThat(problem()).contains("server.pem.ocsp: ");
    }

    @Test
    void aResponseThatComesLaterIsStapledFromThenOn() throws Exception {
        assumeTrue(Engines.staples(Engines.provider()));
        ServerTls loaded = ServerTls.load(config(), Duration.ofSeconds(5));
        assertThat(loaded.problem()).isNotEmpty();
        write(tls.ocsp("server", Instant.now().plus(Duration.ofHours(1))));
        loaded.reloadIfChanged();
        assertThat(loaded.problem()).isEmpty();
    }
}
