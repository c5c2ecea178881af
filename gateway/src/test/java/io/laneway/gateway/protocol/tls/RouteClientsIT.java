package io.laneway.gateway.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.TlsConfig.Version;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates of clients that routes of connections ask for. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RouteClientsIT {

    private static final TestTls TLS = TestTls.make();
    private static final TestTls OTHERS = TestTls.make();

    private static Upstream upstream;
    private static TestGateway gateway;
    private static X509Bundle caller;
    private static X509Bundle stranger;

    @BeforeAll
    static void start() throws Exception {
        caller = new CertificateBuilder().subject("CN=caller").buildIssuedBy(TLS.authority());
        stranger = new CertificateBuilder().subject("CN=stranger").buildIssuedBy(OTHERS.authority());
        upstream = Upstream.responding(request -> {
            String head = request.head().toLowerCase(Locale.ROOT);
            String who = head.contains("cn=caller")
                    ? "caller"
                    : head.contains("cn=stranger")
                            ? "stranger"
                            : head.contains("x-forwarded-client-cert") ? "forged" : "no certificate";
            return "HTTP/1.1 200 OK\nContent-Length: " + who.length() + "\n\n" + who;
        });
        gateway = TestGateway.over(
                table(TLS), config -> TestTls.addListener(config, "tls", TLS.tls(null, Version.V1_2, "server")));
    }

    private static LaneTable table(TestTls trusted) {
        String authorities = '"' + trusted.authority().getCertificatePEM().replace("\n", "\\n") + '"';
        return Tables.read("lanes: [{name: f-1}]\n"
                + "carriers: {host: ['strict-{lane}.test']}\n"
                + "services: [{name: order, deployments: [{lane: master, endpoints: ['127.0.0.1:"
                + upstream.port() + "']}]}]\n"
                + "routes:\n"
                + "  - {hosts: [strict.test, lenient.test, broken.test, open.test], service: order}\n"
                + "  - {hosts: [strict.test], match: {tls: true}, clients: {authorities: " + authorities
                + "}}\n"
                + "  - {hosts: [lenient.test], match: {tls: true}, clients: {authorities: " + authorities
                + ", optional: true}}\n"
                + "  - {hosts: [broken.test], match: {tls: true}, clients: {authorities: none}}\n");
    }

    @BeforeEach
    void trustOurOwn() {
        gateway.table(table(TLS));
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
    }

    @Test
    void aClientHasToShowACertificateOfTheRoutesAuthority() {
        assertThat(ask(caller, "strict.test", "strict.test")).isEqualTo("200 caller");
        assertThat(ask(null, "strict.test", "strict.test")).isEqualTo("refused");
        assertThat(ask(stranger, "strict.test", "strict.test")).isEqualTo("refused");
    }

    @Test
    void whereItIsOptionalAnyClientIsTakenAndOnlyAVerifiedOneIsNamed() {
        assertThat(ask(caller, "lenient.test", "lenient.test")).isEqualTo("200 caller");
        assertThat(ask(stranger, "lenient.test", "lenient.test")).isEqualTo("200 no certificate");
        assertThat(ask(null, "lenient.test", "lenient.test")).isEqualTo("200 no certificate");
    }

    @Test
    void withoutAnAuthorityNoClientIsTaken() {
        assertThat(ask(caller, "broken.test", "broken.test")).isEqualTo("refused");
        assertThat(ask(null, "broken.test", "broken.test")).isEqualTo("refused");
        assertThat(ask(null, "open.test", "broken.test")).startsWith("421");
    }

    @Test
    void aHostThatAsksIsNotReachedOverAnotherConnection() {
        assertThat(ask(caller, "open.test", "strict.test")).startsWith("421");
        assertThat(ask(caller, null, "strict.test")).startsWith("421");
        assertThat(ask(null, "lenient.test", "strict.test")).startsWith("421");
        assertThat(ask(caller, "strict.test", "open.test")).startsWith("421");
        assertThat(ask(null, "open.test", "open.test")).isEqualTo("200 no certificate");
        try (RawClient client = gateway.client()) {
            assertThat(send(client, "strict.test")).startsWith("421");
        }
    }

    @Test
    void theHostsOfItsLanesAskAsItDoes() {
        assertThat(ask(caller, "strict-f-1.test", "strict-f-1.test")).isEqualTo("200 caller");
        assertThat(ask(caller, "strict.test", "strict-f-1.test")).isEqualTo("200 caller");
        assertThat(ask(null, "strict-f-1.test", "strict-f-1.test")).isEqualTo("refused");
        assertThat(ask(caller, "open.test", "strict-f-1.test")).startsWith("421");
        assertThat(ask(caller, null, "strict-f-1.test")).startsWith("421");
    }

    @Test
    void whenTheAuthoritiesChangeAConnectionOfBeforeIsAskedForAnother() {
        try (RawClient client = RawClient.over(connect(caller, "strict.test"))) {
            assertThat(send(client, "strict.test")).isEqualTo("200 caller");
            gateway.table(table(OTHERS));
            assertThat(send(client, "strict.test")).startsWith("421");
        }
        assertThat(ask(caller, "strict.test", "strict.test")).isEqualTo("refused");
        assertThat(ask(stranger, "strict.test", "strict.test")).isEqualTo("200 stranger");
        TestGateway.noneLost();
    }

    private static SSLSocket connect(X509Bundle client, String name) {
        return TLS.connectAs(gateway.port("tls"), client, name);
    }

    /** With TLS 1.3 a client learns only from its first read that its certificate was not taken. */
    private static String ask(X509Bundle client, String name, String host) {
        int before = upstream.requests().size();
        try (RawClient connected = RawClient.over(connect(client, name))) {
            return send(connected, host);
        } catch (UncheckedIOException | IllegalStateException e) {
            assertThat(upstream.requests()).hasSize(before);
            return "refused";
        }
    }

    private static String send(RawClient client, String host) {
        RawClient.Response response = client.send(
                        "GET / HTTP/1.1\nHost: " + host + "\nX-Forwarded-Client-Cert: Hash=1;Subject=\"forged\"\n\n")
                .response();
        return response.status() + " " + response.body();
    }
}
